## What works in every state.

always-resumed = Let's carry on.
    .again = Good, let's carry on.

### Menu

always-menu-in-a-talk = You can carry on where we were. What would you like to do?
    .again = Our chat is still open. What would you like to do?
    .choice-carry-on = Carry on
    .choice-goals = My goals
    .choice-help = Help

always-menu-with-goals = What would you like to do?
    .again = What would you like to do now?
    .choice-checkin = Check in now
    .choice-goals = My goals
    .choice-new-goal = A new goal
    .choice-help = Help

always-menu-without-goals = Shall we begin with what you hope for?
    .again = Would you like to begin with what you hope for?
    .choice-yes = Yes, let's begin
    .choice-help = Help

### Check-in

always-checkin-or-carry-on = We're in the middle of a chat. Shall we carry on with it, or check in?
    .again = You can carry on where we were, or check in. Which would you like?
    .choice-carry-on = Carry on
    .choice-checkin = Check in now

always-checkin-not-yet = A check-in comes later, once you have said what you hope for.
    .again = First comes what you hope for. After that you can check in.

### Help and goals

# safety
always-help =
    I'm a computer. I ask short questions about what you want, and you answer in your own words. Nobody reads this as you type.

    /urgent shows who to call for help now.
    /back takes your last answer back.
    /skip leaves a question out.
    /goals shows your goals.
    /checkin starts a check-in.
    /pause stops my messages until you write.
    /stop ends this for now.
    /mydata shows what I keep, and can delete it.
    /language is about the language I use.
    .again =
    I'm a computer, and I ask short questions. You can answer in your own words, or tap a button. Nobody reads this as you type.

    /urgent shows who to call for help now.
    /back takes your last answer back.
    /skip leaves a question out.
    /goals shows your goals.
    /checkin starts a check-in.
    /pause stops my messages until you write.
    /stop ends this for now.
    /mydata shows what I keep, and can delete it.
    /language is about the language I use.

always-no-goals = There are no goals here yet.
    .again = You have no goals here so far.

always-goals-in-words =
    Your goals, in your words:

    { $goals }
    .again =
    Here are your goals, in your words:

    { $goals }

always-back = There is nothing to go back to just now.
    .again = There is no answer to take back just now.

always-skip = There is nothing to skip just now.
    .again = There is no question open just now, so there is nothing to skip.

always-language = For now I write in British English only.
    .again = So far I only write in British English.

### Pause and stop

always-pause = I won't write until you do. When you are ready, send me a message or tap Carry on.
    .again = We'll pause here. I won't write until you do. You can tap Carry on at any time.
    .choice-carry-on = Carry on

# consent
always-stopped-and-kept = We've stopped, and I won't write to you first. What you have said is kept, and you can carry on when you like.
    .again = We've stopped here, and I won't write first. What you said is kept as you said it. You can carry on when you like.
    .choice-carry-on = Carry on
    .choice-mydata = What you keep

always-stopped = We've stopped, and I won't write to you first. You can carry on when you like.
    .again = We've stopped here, and I won't write first. You can carry on when you like.
    .choice-carry-on = Carry on

### Urgent help

# safety
# Numbers for England, as published by NHS England, Samaritans and Shout; they also stand in common.ftl.
always-urgent-card =
    Thank you for telling me. What you feel matters. I am a computer and nobody is reading this right now.

    If your life is in danger, or you have already taken or done something: call 999 or go to A&E now.
    For urgent help, day or night: call 111 and choose the mental health option.
    To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    If you can, be with someone, and move away from anything you could use to hurt yourself.
    .again =
    I'm glad you told me. You matter. I am a computer and nobody is reading this right now.

    If your life is in danger, or you have already taken or done something: call 999 or go to A&E now.
    For urgent help, day or night: call 111 and choose the mental health option.
    To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    If you can, be with someone, and move away from anything you could use to hurt yourself.
    .choice-cant-call = I can't call
    .choice-tell = Tell my link worker
    .choice-not-me = This wasn't about me

# safety
always-urgent-card-without-link-worker =
    Thank you for telling me. What you feel matters. I am a computer and nobody is reading this right now.

    If your life is in danger, or you have already taken or done something: call 999 or go to A&E now.
    For urgent help, day or night: call 111 and choose the mental health option.
    To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    If you can, be with someone, and move away from anything you could use to hurt yourself.
    .again =
    I'm glad you told me. You matter. I am a computer and nobody is reading this right now.

    If your life is in danger, or you have already taken or done something: call 999 or go to A&E now.
    For urgent help, day or night: call 111 and choose the mental health option.
    To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    If you can, be with someone, and move away from anything you could use to hurt yourself.
    .choice-cant-call = I can't call
    .choice-not-me = This wasn't about me

# safety
always-cant-call =
    You don't have to speak on the phone.

    Text SHOUT to 85258, day or night.
    By text relay (Relay UK): 18000 for an emergency, 18001 111 for urgent help.
    In British Sign Language: 999bsl.co.uk for an emergency.

    Or show this to someone near you, and ask them to call for you.
    .again =
    There are ways without speaking on the phone.

    Text SHOUT to 85258, day or night.
    By text relay (Relay UK): 18000 for an emergency, 18001 111 for urgent help.
    In British Sign Language: 999bsl.co.uk for an emergency.

    Or show this to someone near you, and ask them to call for you.
    .choice-tell = Tell my link worker
    .choice-carry-on = Carry on

# safety
always-cant-call-without-link-worker =
    You don't have to speak on the phone.

    Text SHOUT to 85258, day or night.
    By text relay (Relay UK): 18000 for an emergency, 18001 111 for urgent help.
    In British Sign Language: 999bsl.co.uk for an emergency.

    Or show this to someone near you, and ask them to call for you.
    .again =
    There are ways without speaking on the phone.

    Text SHOUT to 85258, day or night.
    By text relay (Relay UK): 18000 for an emergency, 18001 111 for urgent help.
    In British Sign Language: 999bsl.co.uk for an emergency.

    Or show this to someone near you, and ask them to call for you.
    .choice-carry-on = Carry on

# safety
always-urgent-told =
    I've left a note for { $worker } that you asked for help. { $worker } usually looks on weekdays, and may not see it today.

    So please don't wait for that. In danger: 999 or A&E. Urgent help: 111, mental health option. To talk: 116 123, or text SHOUT to 85258.
    .again =
    I've left a note for your link worker that you asked for help. They usually look on weekdays, and may not see it today.

    So please don't wait for that. In danger: 999 or A&E. Urgent help: 111, mental health option. To talk: 116 123, or text SHOUT to 85258.
    .choice-cant-call = I can't call
    .choice-carry-on = Carry on

# safety
always-urgent-heard =
    Thank you for writing that. I am a computer and nobody is reading this right now, so please tell a person too.

    In danger: call 999 or go to A&E. Urgent help, day or night: 111, mental health option. To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    I'm still here. To go on with our chat, tap Carry on.
    .again =
    What you feel matters. I am a computer, and nobody is reading this right now. Please tell a person too.

    In danger: call 999 or go to A&E. Urgent help, day or night: 111, mental health option. To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    To go on with our chat, tap Carry on.
    .choice-cant-call = I can't call
    .choice-tell = Tell my link worker
    .choice-carry-on = Carry on

# safety
always-urgent-heard-without-link-worker =
    Thank you for writing that. I am a computer and nobody is reading this right now, so please tell a person too.

    In danger: call 999 or go to A&E. Urgent help, day or night: 111, mental health option. To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    I'm still here. To go on with our chat, tap Carry on.
    .again =
    What you feel matters. I am a computer, and nobody is reading this right now. Please tell a person too.

    In danger: call 999 or go to A&E. Urgent help, day or night: 111, mental health option. To talk: Samaritans 116 123 (free), or text SHOUT to 85258.

    To go on with our chat, tap Carry on.
    .choice-cant-call = I can't call
    .choice-carry-on = Carry on

# safety
always-not-me = Thank you for telling me. The numbers are there for anyone, at any time: send /urgent.
    .again = That's fine. Send /urgent at any time, and the numbers are there.

### What is kept

# consent
always-mydata =
    This is what I keep about you.

    { $data }
    .again =
    Here is what I keep about you.

    { $data }
    .choice-delete = Delete everything
    .choice-back = Go back

# consent
always-delete-all = This deletes your goals, your answers and your name for good. It can't be undone. Shall I delete it all?
    .again = If I delete it, your goals, your answers and your name are gone for good. Shall I delete it all?
    .choice-yes-delete = Yes, delete it all
    .choice-keep = No, keep it

# consent
always-data-kept = That's fine. Everything is kept as it was.
    .again = All right. Nothing was deleted.

# safety
always-deleted =
    I've deleted what you told me. To clear this chat too, delete it in Telegram. To come back, ask for a new invitation.

    If you need help now, call 999 if your life is in danger, or 111 for urgent help. Samaritans: 116 123.
    .again =
    What you told me is deleted. You can also delete this chat in Telegram. To come back, ask for a new invitation.

    If you need help now, call 999 if your life is in danger, or 111 for urgent help. Samaritans: 116 123.
