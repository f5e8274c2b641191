# The rota by week and month, which weeks are thin, who has covered how often.
