always-menu = What would you like to do?
    .choice-goals = My goals
    .choice-nothing = Nothing now
always-help = Send /goals to see your goals.
always-goals = { $goals }
always-back = There is nothing to go back to.
always-skip = There is nothing to skip.
always-pause = I will not write first any more.
always-stop = We stop here. What you told me is kept.
always-language = I speak one language so far.
# safety
always-urgent = { $helplines }
always-mydata = { $data }
