## The first minutes.

welcome-greet = Hello. I'm Cairn, a chat tool that { $worker } uses at { $organisation }. { $worker } asked me to say hello.
    .again = Hello. I'm Cairn, a chat tool. { $worker } asked me to say hello.
    .again-2 = Hello. I'm Cairn, a chat tool for finding small steps of your own.
    .again-3 = Hello, and welcome. I'm Cairn, a chat tool for small steps of your own.

# safety
welcome-what-i-am =
    I'm a computer, not a person. I ask short questions that help you think about what you want, and how to get a bit closer to it.

    Nobody reads this as you type, and I'm not for emergencies. If you need help now, tap Help now at any time, or send /urgent.
    .again =
    I'm a computer, not a person. My short questions help you find out what you want, and small ways to get there.

    Nobody reads this as you type. I can't help in an emergency. If you need help now, tap Help now, or send /urgent.
    .choice-yes = OK
    .choice-help-now = Help now

# safety
# The urgent card of always.ftl follows in the same message.
welcome-help-now = You need not agree to anything first. Here is who can help.
    .again = Nothing needs to be agreed first. This is who can help.

# consent
welcome-consent =
    { $worker } can see what you choose to share. You can hide any line of your summary from { $worker }. If you choose “only for me”, { $worker } does not see your answers.

    Send /mydata at any time to see what I keep, or to delete it all. Our messages travel through Telegram, and its own rules apply there. I'm for people aged 18 or over.

    Saying no will not change your care. May I keep your answers, so that you and { $worker } can use them?
    .again =
    Your link worker can see what you choose to share. You can hide any line of your summary from them. If you choose “only for me”, they do not see your answers.

    Send /mydata at any time to see what I keep, or to delete it all. Our messages travel through Telegram, and its own rules apply there. I'm for people aged 18 or over.

    Saying no will not change your care. May I keep your answers, so that you and your link worker can use them?
    .again-2 =
    If you share, you and your link worker see your answers, and you can hide any line of your summary. If they are only for you, your link worker does not see them.

    Send /mydata at any time to see what I keep, or to delete it all. Our messages travel through Telegram, and its own rules apply there. I'm for people aged 18 or over.

    Saying no will not change your care. May I keep what you tell me?
    .choice-share = Yes, share them
    .choice-private = Yes, only for me
    .choice-no = No, thank you

# consent
welcome-consent-without-link-worker =
    I'd like to keep your answers, so that you can come back to them. No link worker sees them.

    Send /mydata at any time to see what I keep, or to delete it all. Our messages travel through Telegram, and its own rules apply there. I'm for people aged 18 or over.

    Saying no will not change your care. May I keep your answers?
    .again =
    If you say yes, I keep your answers for you, and no link worker sees them. If you say no, I keep none.

    Send /mydata at any time to see what I keep, or to delete it all. Our messages travel through Telegram, and its own rules apply there. I'm for people aged 18 or over.

    Saying no will not change your care. May I keep what you tell me?
    .choice-private = Yes, keep them
    .choice-no = No, thank you

welcome-name = Thank you. What shall I call you?
    .again = Thank you. What would you like me to call you?
    .again-2 = Thank you. What name shall I use for you?

welcome-named = Nice to meet you, { $name }.
    .again = Good to meet you, { $name }.
    .again-2 = Nice to meet you.

# consent
welcome-declined = That's fine. I won't keep any answers, and your care stays the same. If you change your mind, send /start.
    .again = That's all right. I keep no answers, and nothing about your care changes. You can send /start at any time.
