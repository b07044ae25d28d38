"""A stand-in for a vector collection of OpenSearch Serverless: the part of its REST API that Kabar
uses, with its refusals, over an index in memory that really ranks."""
