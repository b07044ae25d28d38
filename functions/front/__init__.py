"""The API's own front: signpost.py shows how the API is called, and answers what no route takes."""
