## A talk between appointments.

check-in-whats-better = What's been a bit better since last time, big or small?
    .again = What have you been pleased to see since last time, big or small?
    .again-2 = Since last time, what has gone a bit better?
    .idea = A night of sleep, a good cup of tea, a walk to the shop.
    .choice-nothing = Nothing really

### Better

check-in-amplify = “{ $better }”. Tell me a bit more about that.
    .again = “{ $better }”. Can you tell me a little more?
    .again-2 = Tell me a bit more about that.
    .idea = When was it, who was there, and what did you do?

check-in-reinforce = “{ $answer }”. How did you manage that?
    .again = “{ $answer }”. What helped you with that?
    .again-2 = How did you manage that?
    .again-3 = What was your part in that?
    .idea = Maybe you said yes, asked, planned it, or just went.

check-in-start-again = What else has been better?
    .again = What other good moments were there, even short ones?
    .again-2 = Is there anything else, big or small?

### The same, or harder

check-in-change = “{ $answer }”. Thank you for telling me. Are things the same as before, or harder?
    .again = Is it the same as before, or harder?
    .again-2 = How are things: the same as before, or harder?
    .again-3 = Overall, are things the same as before, or harder?
    .choice-same = Same as before
    .choice-worse = Harder

check-in-kept-steady = The same as before. What has helped to keep it steady?
    .again = The same, then. What have you done that stopped it from slipping?
    .again-2 = Things stayed as they were. What helped with that?
    .idea = It may be a daily habit, a person, or getting some rest.

check-in-good-moment = When was there one good moment, even a short one?
    .again = Think back over the week. Which moment was the best of it?
    .again-2 = Which day was a little better than the others?
    .idea = The sun on the step, a joke on the phone, a good cup of tea.

### The scale

check-in-scale-now = 10 is “{ $hope }”. Where are you today, from 0 to 10? Last time was { $last-score }.
    .again = Where are you today, from 0 to 10? Last time was { $last-score }.
    .again-2 = Last time was { $last-score }. What number is today, from 0 to 10?
    .again-3 = 10 is the day you hope for. 0 is the furthest from it. Where are you today?
    .again-4 = What number is today, from 0 to 10?

check-in-why-not-lower = { $score }. What makes it { $score } and not lower?
    .again = { $score }. What keeps it at { $score } and not lower?
    .again-2 = What makes it that number and not lower?
    .idea = It may be a person, a place, a habit, or something you do.

check-in-already-there = { $score }. What do you want to keep doing, so it stays there?
    .again = { $score }. What helps you keep it there?
    .again-2 = What helps you keep it there?

check-in-one-up = What would be there at { $next-score } that isn't there now?
    .again = Think of { $next-score }. What would be the first sign of it?
    .again-2 = What would be the first small sign of one point up?
    .idea = One more chat in the week, or one night of better sleep.

### The plan

check-in-plan-came-up = Your plan was “{ $step }”. Did it come up this week? Any answer is fine.
    .again = “{ $step }” was your plan. Was there a chance for it this week? Any answer is fine.
    .again-2 = Did your plan come up this week? Any answer is fine.
    .choice-yes = Yes
    .choice-partly = Partly
    .choice-no = No

check-in-plan-waits = That's all right. A plan can wait.
    .again = That's fine. There is no hurry with a plan.

check-in-plan-next = What shall we do with the plan?
    .again = You choose: what would you like to do with the plan?
    .again-2 = What would you like to do with your plan now?
    .choice-keep = Keep it
    .choice-smaller = Make it smaller
    .choice-new = Something new
    .choice-rest = Leave it for now

check-in-smaller-step = “{ $step }”. What would be half of that, or even less?
    .again = “{ $step }”. What's the smallest bit of that you could do?
    .again-2 = What would be a smaller step, small enough for a bad day?
    .idea = Not the whole walk, but shoes on and one look outside.

check-in-new-step = What's one small thing you could try this week? Small enough for a bad day.
    .again = Think of something so small you could do it on a bad day. What is it?
    .again-2 = What's one tiny thing you could try in the next few days?
    .idea = Sit on the front step for five minutes, or say hello to one person.

check-in-new-cue = “{ $step }”. When would you do that, or straight after what?
    .again = “{ $step }”. What will you have just done? That can be your sign to start.
    .again-2 = When would you do that, or straight after what?
    .idea = After breakfast, on Thursday after tea, or when the post has come.

check-in-plan-kept = Your plan now: “{ $cue }” → “{ $step }”.
    .again = Your plan now: “{ $step }”.
    .again-2 = That is your plan now.

check-in-plan-stays = That's fine. The plan can stay as it is.
    .again = That's all right. The plan stays as it was.

check-in-plan-rests = Your plan will keep. There is no hurry.
    .again = We'll leave the plan for now. It will keep.

### Harder

check-in-coping = I'm sorry it has been hard. What has helped you get through it?
    .again = I'm sorry. That sounds like a hard time. Who or what has helped, even a little?
    .again-2 = I'm sorry things are harder. What has kept you going?
    .idea = A phone call, the cat, a song, getting up at the same time. Small things count.

check-in-coping-more = “{ $answer }”. What did that do for you?
    .again = “{ $answer }”. How did that help, even a little?
    .again-2 = How did that help, even a little?

check-in-coping-nothing = I'm sorry it is so hard. If you'd like to talk to a person, day or night, send /urgent.
    .again = I'm sorry it's that hard just now. To talk to a person, day or night, send /urgent.

check-in-hard-scale = Where are you today, from 0 to 10? Last time was { $last-score }.
    .again = Last time was { $last-score }. What number is today, from 0 to 10?
    .again-2 = What number is today, from 0 to 10? There is no wrong one.
    .again-3 = 10 is the day you hope for, and 0 is the furthest from it. Where are you today?

check-in-coping-at-0 = I'm sorry, that sounds hard. What gets you through the day?
    .again = I'm sorry it's a 0 today. Who or what helps, even a little?
    .again-2 = That sounds hard. What has helped you keep going?
    .idea = A cup of tea, the cat, a phone call, a song. Small things count.

check-in-nothing-at-0 = Thank you for telling me. If you'd like to talk to a person, day or night, send /urgent.
    .again = I'm sorry it's that hard just now. To talk to a person, day or night, send /urgent.

check-in-stopped-lower = { $score }. What stopped it from being lower?
    .again = { $score }. What kept it from going lower?
    .again-2 = What stopped it from being lower?
    .idea = It may be a person, a habit, or one thing you did that day.

check-in-most-use-plan-and-tell = What would be most use now?
    .again = What would help you most just now?
    .again-2 = You choose: what would be of most use now?
    .choice-smaller = Make plan smaller
    .choice-rest = Leave plan for now
    .choice-tell = Tell my link worker
    .choice-nothing = Nothing, thank you

check-in-most-use-tell = What would be most use now?
    .again = What would help you most just now?
    .again-2 = You choose: what would be of most use now?
    .choice-step = Something to try
    .choice-tell = Tell my link worker
    .choice-nothing = Nothing, thank you

check-in-most-use-plan = What would be most use now?
    .again = What would help you most just now?
    .again-2 = You choose: what would be of most use now?
    .choice-smaller = Make plan smaller
    .choice-rest = Leave plan for now
    .choice-nothing = Nothing, thank you

check-in-most-use-step = What would be most use now?
    .again = What would help you most just now?
    .again-2 = You choose: what would be of most use now?
    .choice-step = Something to try
    .choice-nothing = Nothing, thank you

check-in-tell-link-worker = What would you like { $worker } to know?
    .again = What shall I put down for { $worker }?
    .again-2 = What would you like your link worker to know?
    .choice-unsure = Just that it's hard

# safety
check-in-told = I've put that at the top for { $worker }, who usually looks on weekdays. If it can't wait, send /urgent.
    .again = I've put that at the top for your link worker, who usually looks on weekdays. If it can't wait, send /urgent.

# safety
check-in-told-it-is-hard = I've left a note for { $worker } that it has been hard. { $worker } usually looks on weekdays. If it can't wait, send /urgent.
    .again = I've left a note for your link worker that it has been hard. They usually look on weekdays. If it can't wait, send /urgent.

### Ending

check-in-listened = Did you feel listened to?
    .again = Did it feel as if you were heard?
    .again-2 = Did I take in what you said?
    .choice-yes = Yes
    .choice-a-bit = A bit
    .choice-no = No

check-in-heard = Thank you for telling me. I'm a computer, and I can miss things.
    .again = Thank you for saying so. I'm a computer, and some things pass me by.

check-in-goodbye = Thank you, { $name }. I'll write { $check-in }. You see { $worker } on { $appointment }.
    .again = Thank you, { $name }. I'll write { $check-in }. You can write to me any time.
    .again-2 = Thank you. I'll write { $check-in }. You can write to me any time.
    .again-3 = Thank you. You can write to me any time.

check-in-goodbye-until-you-write = Thank you, { $name }. You can send /checkin when you like. You see { $worker } on { $appointment }.
    .again = Thank you, { $name }. You can send /checkin when you like.
    .again-2 = Thank you. You can send /checkin when you like.
