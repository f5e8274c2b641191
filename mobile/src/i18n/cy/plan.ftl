# Cynllunio’r rota, pryd y gall rhywun weithio, pwy mae’r person am eu cael.
