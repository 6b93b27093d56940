# Completions of tip for fish. In ~/.config/fish/config.fish: tip completions fish | source
complete --command tip --keep-order --exclusive --arguments "(TIP_COMPLETE=1 tip -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null)"
