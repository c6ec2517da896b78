"""What breaks while a broadcast goes out, tried on the processes of the program."""
