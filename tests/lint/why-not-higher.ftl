short-reason = You are at 4. Why not higher?
    .again = You are at 4. Why isn't it higher?
