# Planning the rota, when one can work, whom a person wants.
