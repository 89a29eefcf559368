## What is said around the questions.

### Buttons

common-skip = Skip
common-idea = Give me an idea
common-yes = Yes
common-no = No
common-thats-all = That's all
common-nothing = Nothing
common-same = The same
common-worse = Harder
common-unsure = Not sure
common-absence = Less of something
common-about-others = About others

### When an answer is not understood, in this order

common-not-understood = Sorry, I didn't get that. Let me ask it another way.
common-not-sure = That's fine. There is no hurry, and no wrong answer.
common-tap-one = I still didn't get that, sorry. You can tap one of the buttons.
common-noted = Thank you. Let's leave that there and move on.
common-scale-range = I see more than one number there. Which one from 0 to 10 is closest?
common-scale-out-of-range = My scale goes from 0 to 10. Which number on it is closest?
common-blank = I can't see any words in that message.

### Buttons and messages that come late

common-old-button = That button belongs to an earlier question.
common-already = I have that already, thank you. To change it, send /back.
common-edited = I saw that you changed a message. What you sent first still stands. To answer again, send /back.
common-back = Let's go back.
common-welcome-back = Welcome back. Some of my questions have changed, so let's pick up where we were.
common-later = That's fine. Write to me any time, or send /checkin.

### What cannot be read

common-unknown-command = I don't know that command. Send /help to see what I can do.
# safety
common-media = I can't listen to that or look at it. Please write it in words. If you need help now, send /urgent.
# safety
common-media-kept = I can't listen to that or look at it, but I've kept it for your link worker. If you need help now, send /urgent.
# safety
common-trouble = Sorry, something went wrong on my side. It was nothing you did. Please send it again in other words, or send /skip. If you need help now, send /urgent.

### Who has no invitation

# safety
# Numbers for England, as published by NHS England and Samaritans; they also stand in always.ftl.
common-no-invitation =
    Hello. I'm Cairn, a chat tool. I can only talk with people who have an invitation. Your link worker can send you a link.

    If you need help now, call 999 if your life is in danger, or 111 for urgent help. To talk: Samaritans 116 123, or text SHOUT to 85258.
# safety
common-invitation-used =
    This invitation was used before, or is too old. Please ask your link worker for a new link.

    If you need help now, call 999 if your life is in danger, or 111 for urgent help. To talk: Samaritans 116 123, or text SHOUT to 85258.
# safety
# Numbers for England, as published by NHS England, Samaritans and Shout; they also stand in always.ftl.
common-helplines =
    If your life is in danger, or you have already taken or done something: call 999 or go to A&E now.
    For urgent help, day or night: call 111 and choose the mental health option.
    To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

### The summary card

common-card-title-hope = Hope
common-card-title-scale = Today
common-card-title-sign = A good sign
common-card-title-plan = Plan
common-card-hope = “{ $hope }”
common-card-scale = { $score } of 10
common-card-scale-reason = { $score } of 10. “{ $reason }”
common-card-sign = “{ $sign }”
common-card-plan = “{ $step }”
common-card-plan-cue = “{ $cue }” → “{ $step }”
common-card-empty = not yet
common-not-shared = (hidden from your link worker)
common-goals-more = You have more goals than fit in one message. These are the newest.
common-no-goals = There are no goals here yet.

### What is kept

common-data-name = I call you { $name }.
# consent
common-data-shared = You share your answers with your link worker, apart from the lines that you hide.
# consent
common-data-private = Your answers are only for you. Your link worker does not see them.
# consent
common-data-none = I keep no answers, because you have not said yes to that.
common-data-for-link-worker = For your link worker: “{ $answer }”
# consent
common-data-journal = I also keep the number of this chat, your language, and a diary of what I asked and what you answered.
# consent
common-data-journal-none = I keep only the number of this chat, your language, and which buttons and commands you used.

### Check-ins; the first four come after “I'll write”

common-check-in-twice = on Mondays and Thursdays at about 10
common-check-in-weekly = on Mondays at about 10
common-check-in-fortnightly = every second Monday at about 10
common-check-in-off = when you ask me to
common-fewer-weekly = That's fine. From now on I'll write once a week, on Mondays.
common-fewer-fortnightly = That's fine. From now on I'll write every second Monday.
common-fewer-off = That's fine. I won't write first any more. You can send /checkin when you like.

### The invitation to a check-in

# It may be seen by others on a locked phone: it says nothing of what this is about.
nudge-check-in = Hello. Have you got two minutes?
    .named = Hello { $name }. Have you got two minutes?
    .choice-yes = Yes
    .choice-later = Later
    .choice-fewer = Fewer messages

### Telegram's menu and the bot's own page

command-help = What I can do
command-urgent = Help now: who to call
command-checkin = Start a check-in
command-goals = My goals
command-back = Take my last answer back
command-skip = Leave this question out
command-pause = No messages until I write
command-stop = Stop for now
command-mydata = See or delete what is kept
command-language = The language of our chats
# safety
bot-description =
    Cairn asks short questions that help you find small steps of your own, between the times you see your link worker. You need an invitation.

    I'm a computer. Nobody reads this as you type, and it is not for emergencies. Life in danger: 999. Urgent help: 111, and choose the mental health option. To talk: Samaritans 116 123.
# safety
bot-short-description = Small steps of your own. A computer, not for emergencies. Call 999, 111 or Samaritans 116 123.
