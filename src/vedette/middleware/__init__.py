"""What stands around a web application: it counts and times its requests, serves its pages."""
