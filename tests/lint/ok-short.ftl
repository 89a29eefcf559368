short-greet = Hello { $name }.
    .again = Hello.

short-best-hopes = What do you hope will be a bit better?
    .again = What would you like more of?
    .idea = Some people hope for sleep, some for company.
    .choice-unsure = Not sure

short-want-instead = You want less of “{ $problem }”. What would you like in its place?

short-scale-now = Where are you on your way to “{ $hope }”, from 0 to 10?
    .again = Where are you today, from 0 to 10?

short-coping = What gets you through a day like this?

short-what-else = You are at { $score }. What else is there?

# safety
short-confirm = Notwithstanding considerable terminological complexity, exactness takes precedence in exceptional circumstances: is that right?
    .choice-yes = Yes
    .choice-change = Change it

short-goodbye = Thank you for telling me about “{ $hope }”.
