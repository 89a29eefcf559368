short-greet = { $data }
short-goals = { $goals } Is that still right?
