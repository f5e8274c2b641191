# Cyflenwi: y daflen sifft a’i stori, gofyn ac ateb, beth sydd angen penderfyniad.
