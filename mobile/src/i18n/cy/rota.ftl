# Y rota fesul wythnos a mis, pa wythnosau sy’n denau, pwy sydd wedi cyflenwi pa mor aml.
