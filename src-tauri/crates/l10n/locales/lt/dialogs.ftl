# Langeliai, nepriklausantys vienam ekranui.
dialogs-close = Uždaryti
dialogs-cancel = Atšaukti

dialogs-urls-title = Pridėti paveikslėlių adresus
dialogs-urls-label = Po vieną adresą eilutėje
dialogs-urls-hint = Keltas pirmiausia atsiunčia paveikslėlius į šį kompiuterį, pašalina vietos duomenis ir tada siunčia kaip visus kitus failus.
dialogs-urls-hint-keep = Keltas pirmiausia atsiunčia paveikslėlius į šį kompiuterį ir tada siunčia kaip visus kitus failus.
dialogs-urls-get = { $count ->
    [0] Gauti paveikslėlius
    [one] Gauti { $count } paveikslėlį
    [few] Gauti { $count } paveikslėlius
    [many] Gauti { $count } paveikslėlio
   *[other] Gauti { $count } paveikslėlių
}
dialogs-urls-getting = Atsiunčiama…
dialogs-urls-add = { $count ->
    [one] Pridėti { $count } paveikslėlį
    [few] Pridėti { $count } paveikslėlius
    [many] Pridėti { $count } paveikslėlio
   *[other] Pridėti { $count } paveikslėlių
}
dialogs-urls-found = { $count ->
    [0] Paveikslėlių nerasta.
    [one] Rastas { $count } paveikslėlis.
    [few] Rasti { $count } paveikslėliai.
    [many] Rasta { $count } paveikslėlio.
   *[other] Rasta { $count } paveikslėlių.
}
dialogs-urls-results = Kas rasta

dialogs-close-title = Išeiti ar veikti toliau?
dialogs-close-body = Keltas gali likti dėkle ir tęsti eilę. Jei išeisite, tai, kas laukia, bus čia kitą kartą.
dialogs-close-uploading = { $count ->
    [one] Dabar įkeliamas { $count } failas.
    [few] Dabar įkeliami { $count } failai.
    [many] Dabar įkeliama { $count } failo.
   *[other] Dabar įkeliama { $count } failų.
}
dialogs-close-remember = Nuo šiol daryti taip
dialogs-close-quit = Išeiti
dialogs-close-keep = Veikti toliau

dialogs-copy-title = Nukopijuokite patys
dialogs-copy-body = Iškarpinė teksto nepriėmė. Jis pažymėtas žemiau; nukopijuokite su { $keys }.
dialogs-copy-text = Kopijuojamas tekstas
