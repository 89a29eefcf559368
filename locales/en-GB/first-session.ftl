## The first talk.

first-session-opening = This takes about ten minutes. You can stop at any point and carry on later.
    .again = This takes about ten minutes. Take a break when you like. You can carry on later.

### Hope

first-session-best-hopes = If our chats help you, what do you hope will be different in your life?
    .again = Think of a few weeks from now. What would make you glad you did this?
    .again-2 = What do you most want to get out of our chats?
    .idea = Some people hope for company. Some hope for better sleep, or to get out more.

first-session-want-instead = “{ $problem }”. What would you like to have in its place?
    .again = “{ $problem }”. When that is not there, what will be there instead?
    .again-2 = What would you like to have in its place?
    .again-3 = Let's turn that round. What do you want more of?
    .idea = Not “less lonely”, but “someone to chat to”. Not “less tired”, but “up and about by ten”.

first-session-hope-about-others = “{ $hope }”. Say that came about. What would be different for you?
    .again = “{ $hope }”. Say things got easier there. What would you do more of?
    .again-2 = Say that came about. What would be different for you?
    .again-3 = We can't steer other people. If things did get easier, what would you do more of?
    .idea = Some people would sleep better. Some would have friends round again.

first-session-hope-unsure = That's fine, it's a big question. What would someone who cares about you hope for you?
    .again = You don't need to be sure. What would a good friend wish for you?
    .again-2 = That's fine. What would you like a little more of in your week?
    .idea = A friend might wish you more fun, more rest, or someone to talk to.

first-session-difference = “{ $hope }”. If that came true, what would it change in your day?
    .again = “{ $hope }”. What would that let you do that you can't do now?
    .again-2 = If that came true, what would it change in your day?
    .again-3 = What would that let you do that you can't do now?
    .idea = Some people would get up for something. Some would cook again, or go out.

first-session-confirm-hope = You hope for “{ $hope }”. And then: “{ $difference }”. Have I got that right?
    .again = So it is “{ $hope }”, and then “{ $difference }”. Have I got that right?
    .again-2 = Let me check. You hope for “{ $hope }”. Have I got that right?
    .again-3 = So what you hope for is “{ $hope }”. Is that right?
    .again-4 = Let me check. Have I understood what you hope for?
    .choice-yes = Yes
    .choice-no = Change it

first-session-hope-again = Thank you. How would you put it?
    .again = Please say it your way. What do you hope for?
    .again-2 = Your words are best. What is it that you hope for?

### The preferred future

first-session-tomorrow = “{ $hope }”. Picture waking up tomorrow, and it has begun. What's the first small thing you'd notice?
    .again = Picture waking up tomorrow, and what you hope for has begun. What's the first small thing you'd notice?
    .again-2 = It's a good day, the kind you hope for. What are you doing by lunch time?
    .again-3 = Say it's a good day tomorrow. What's the first small thing you'd notice?
    .idea = You might put the radio on, open the curtains, or feel like breakfast.

first-session-what-else = “{ $answer }”. What else?
    .again = What else would you see on that day?
    .again-2 = What's one more thing that would be there?
    .again-3 = Is there anything more, big or small?

first-session-noticer = Who would be first to see that something had changed?
    .again = Apart from you, who would notice it first?
    .again-2 = Who else would spot that something was different?
    .idea = It could be a neighbour, a friend, the person in the shop, or the dog.

first-session-noticed-by-you = Then you'd be the first to notice.
    .again = Then you'll be the one who spots it.

### Where I am today

first-session-scale-now = 10 is that day. 0 is the furthest from it. Where are you today?
    .again = Think of 10 as that day, and 0 as the furthest from it. What number is today?
    .again-2 = Give today a number from 0 to 10. There is no wrong one. What would you say?

first-session-why-not-lower = { $score }. What makes it { $score } and not lower?
    .again = { $score }. What keeps it at { $score } and not lower?
    .again-2 = { $score }. What helps it be { $score }, even a bit?
    .again-3 = What makes it that number and not lower?
    .idea = It may be a person, a place, a habit, or something you do.

first-session-coping = That sounds hard. What gets you through the day?
    .again = With all that going on, what has helped you keep going?
    .again-2 = That sounds hard. Who or what helps, even a little?
    .idea = A cup of tea, the cat, a phone call, a song. Small things count.

first-session-coping-nothing = I'm sorry it is so hard. If you'd like to talk to a person, day or night, send /urgent.
    .again = I'm sorry it's that hard just now. To talk to a person, day or night, send /urgent.

first-session-already-there = { $score }. What helps you keep it there?
    .again = { $score }. What do you want to keep doing, so it stays there?
    .again-2 = What helps you keep it there?

### What already works

first-session-instances = “{ $hope }”. When did you last have a bit of that, even for a short time?
    .again = “{ $hope }”. When did a little of that happen, even a small bit?
    .again-2 = When did you last have a bit of what you hope for, even briefly?
    .again-3 = Think of the last two weeks. When was there a little of what you hope for?
    .idea = It may be five minutes. A chat at the bus stop, or a song you like.

first-session-closest-day = That's all right. Think of the last two weeks. Which day came closest?
    .again = That's fine. Which day lately went a bit better than the rest?
    .again-2 = That's all right. Which moment lately felt a bit lighter?

first-session-how = “{ $instance }”. How did that come about?
    .again = “{ $instance }”. What was your part in that?
    .again-2 = How did that come about?
    .again-3 = What did you do that helped it happen?
    .idea = Maybe you said yes, asked something, or just turned up.

### One point up

first-session-good-enough = You don't need a 10. What number would be good enough for you?
    .again = It need not be 10. At what number would you say: this will do?
    .again-2 = Which number would be good enough for you?

first-session-one-up = What would be there at { $next-score } that isn't there now?
    .again = Think of { $next-score }. What would be the first sign of it?
    .again-2 = What would be the first small sign of one point up?
    .again-3 = What's the smallest thing that would be different one point up?
    .idea = One more chat in the week, or one night of better sleep.

first-session-way = Would you like something small to try, or just to look out for good moments?
    .again = You choose. Is it something small to try, or just looking out for good moments?
    .again-2 = What suits you best: something small to try, or just looking out for good moments?
    .choice-try = Something to try
    .choice-notice = Just look out

### Plan

first-session-step = What's one small thing you could try this week? Small enough for a bad day.
    .again = Think of something so small you could do it on a bad day. What is it?
    .again-2 = What's one tiny thing you could try in the next few days?
    .idea = Sit on the front step for five minutes, or say hello to one person.

first-session-no-step-yet = That's fine. You can just look out for good moments for now.
    .again = That's all right. For now, just see what goes a bit better.

first-session-cue = “{ $step }”. When would you do that, or straight after what?
    .again = “{ $step }”. What will you have just done? That can be your sign to start.
    .again-2 = When would you do that, or straight after what?
    .idea = After breakfast, on Thursday after tea, or when the post has come.

first-session-plan =
    Your plan, in your words:
    “{ $cue }” → “{ $step }”.

    Is that right?
    .again =
    So the plan is:
    “{ $cue }” → “{ $step }”.

    Is that right?
    .again-2 =
    Here is your plan now:
    “{ $cue }” → “{ $step }”.

    Is that right?
    .again-3 =
    Your plan, in your words:
    “{ $step }”.

    Is that right?
    .again-4 = Is your plan right as it is?
    .choice-yes = That's it
    .choice-no = Change it

first-session-confidence = How sure are you that you'll do it, from 0 to 10?
    .again = From 0 to 10, how sure are you that you can do this?
    .again-2 = 0 is not sure at all, and 10 is very sure. How sure are you that you'll do it?

first-session-low-confidence = { $confidence }. It's your plan. Shall we make it smaller, or plan for what could get in the way?
    .again = { $confidence }. Shall we find a smaller step, or plan for what could get in the way?
    .again-2 = It's your plan. Shall we make it smaller, or plan for what could get in the way?
    .choice-smaller = Make it smaller
    .choice-ahead = Plan ahead
    .choice-keep = Keep it as it is

first-session-smaller-step = “{ $step }”. What would be half of that, or even less?
    .again = “{ $step }”. What's the smallest bit of that you could do?
    .again-2 = What would be a smaller step?
    .idea = Not the whole walk, but shoes on and one look outside.

first-session-obstacle = What could get in the way?
    .again = Think ahead. What might make it hard to do?
    .again-2 = What could stop you on the day?
    .idea = Rain, a bad night, sore knees, or just not feeling like it.

first-session-response = “{ $obstacle }”. Say that comes up. What could you do then?
    .again = “{ $obstacle }”. If so, what would still be possible?
    .again-2 = Say that comes up. What could you do then?
    .idea = A shorter way, another day, or asking someone along.

first-session-why-that-sure = { $confidence }. What makes you that sure?
    .again = { $confidence }. What tells you that you can?
    .again-2 = What makes you that sure?
    .idea = You may have done it before, or someone may be with you.

first-session-who-helps = “{ $step }”, and if need be, “{ $response }”. Who could help you with that?
    .again = “{ $step }”. Who could help you with that?
    .again-2 = “{ $step }”. Who might cheer you on, or come along?
    .again-3 = Who could help you with this?
    .idea = A neighbour, a friend, a group near you, or your link worker.

### Between the talks

first-session-cadence = Shall I check in with you? You choose.
    .again = Would you like me to write to you now and then? You choose how often.
    .again-2 = You choose: how often shall I check in with you?
    .choice-twice = Twice a week
    .choice-weekly = Once a week
    .choice-fortnightly = Every two weeks
    .choice-off = Only when I write

first-session-check-ins-planned = I'll write { $check-in }. My messages won't say what this is about, in case someone sees your phone.
    .again = I'll write as often as you chose. My messages won't say what this is about, in case someone sees your phone.

first-session-check-ins-off = I won't write first. You can send /checkin when you like.
    .again = That's fine, I'll wait for you. You can send /checkin when you like.

### The summary card

first-session-summary-shared =
    Here is what we have. Tap a number to change that line, or to hide it from { $worker }.

    { $card }
    .again =
    This is what we have now. Tap a number to change that line, or to hide it from { $worker }.

    { $card }
    .again-2 =
    Here is what we have. Tap a number to change that line, or to hide it from your link worker.

    { $card }
    .choice-line-1 = 1
    .choice-line-2 = 2
    .choice-line-3 = 3
    .choice-line-4 = 4
    .choice-yes = All good

first-session-summary-own =
    Here is what we have. Tap a number to change that line.

    { $card }
    .again =
    This is what we have so far. To change a line, tap its number.

    { $card }
    .choice-line-1 = 1
    .choice-line-2 = 2
    .choice-line-3 = 3
    .choice-line-4 = 4
    .choice-yes = All good

first-session-hope-line = “{ $hope }”. What would you like to do with this line?
    .again = Line 1 is what you hope for. What would you like to do with it?
    .choice-change = Change it
    .choice-who-sees = Who sees it
    .choice-leave = Leave it

first-session-change-hope = What do you hope for, in your own words?
    .again = How would you like your hope to read?
    .again-2 = How would you put your hope now?

first-session-share-hope = Shall I show the line with your hope to { $worker }?
    .again = Shall I show the line with your hope to your link worker?
    .choice-show = Yes, show it
    .choice-hide = No, hide it

first-session-scale-line = { $score } of 10. What would you like to do with this line?
    .again = Line 2 is your number. What would you like to do with it?
    .choice-change = Change it
    .choice-who-sees = Who sees it
    .choice-leave = Leave it

first-session-change-score = From 0 to 10, what number fits today?
    .again = Which number from 0 to 10 is closer to today?
    .again-2 = What number would you give today, from 0 to 10?

first-session-change-reason = { $score }. What would you like to say about that number?
    .again = { $score }. What makes it that number?
    .again-2 = What would you like to say about your number?

first-session-share-scale = Shall I show the line with your number to { $worker }?
    .again = Shall I show the line with your number to your link worker?
    .choice-show = Yes, show it
    .choice-hide = No, hide it

first-session-sign-line = “{ $sign }”. What would you like to do with this line?
    .again = Line 3 is your good sign. What would you like to do with it?
    .choice-change = Change it
    .choice-who-sees = Who sees it
    .choice-leave = Leave it

first-session-change-sign = What would be a good sign for you?
    .again = What small sign would tell you it's one point up?
    .again-2 = How would you put your good sign now?

first-session-share-sign = Shall I show the line with your good sign to { $worker }?
    .again = Shall I show the line with your good sign to your link worker?
    .choice-show = Yes, show it
    .choice-hide = No, hide it

first-session-plan-line = “{ $step }”. What would you like to do with this line?
    .again = Line 4 is your plan. What would you like to do with it?
    .choice-change = Change it
    .choice-who-sees = Who sees it
    .choice-leave = Leave it

first-session-change-step = What small thing would you like to try?
    .again = What would you like your step to be?
    .again-2 = How would you put your small step now?

first-session-change-cue = “{ $step }”. When would you do that, or straight after what?
    .again = When would you do that, or straight after what?
    .again-2 = When would be a good time for it?

first-session-share-plan = Shall I show the line with your plan to { $worker }?
    .again = Shall I show the line with your plan to your link worker?
    .choice-show = Yes, show it
    .choice-hide = No, hide it

### Ending

first-session-listened = Did you feel listened to?
    .again = Did it feel as if you were heard?
    .again-2 = Did I take in what you said?
    .choice-yes = Yes
    .choice-a-bit = A bit
    .choice-no = No

first-session-heard = Thank you for telling me. I'm a computer, and I can miss things.
    .again = Thank you for saying so. I'm a computer, and some things pass me by.

first-session-noticing = Until we talk again, look out for times that go a bit better.
    .again = Until we talk again, see if you can spot one or two good moments.

first-session-goodbye = Thank you, { $name }. You can write to me any time. You see { $worker } on { $appointment }.
    .again = Thank you. You can write to me any time. You see { $worker } on { $appointment }.
    .again-2 = Thank you, { $name }. You can write to me any time.
    .again-3 = Thank you. You can write to me any time.
