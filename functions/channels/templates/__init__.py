"""Message templates: routes.py is asked, accounts.py finds with whose token Meta is asked,
handing_in.py asks it, samples.py brings it the files of headers, comparing.py follows its list."""
