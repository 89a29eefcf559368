short-goodbye = We’ll keep an eye on you.
    .again = You are safe. Someone will reply soon.
