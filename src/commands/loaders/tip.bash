# Completions of tip for bash. In ~/.bashrc: source <(tip completions bash)
_tip() {
    local word help words=() is_plain=1
    # bash takes '=' for a word of its own.
    for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
        [[ $word == "=" ]] || words+=("$word")
    done
    COMPREPLY=()
    while IFS=$'\t' read -r word help; do
        COMPREPLY+=("$word")
        [[ $word == *[!A-Za-z0-9_.,/-]* ]] && is_plain=
    done < <(TIP_COMPLETE=1 tip -- "${words[@]}" "$2" 2>/dev/null)
    # 'filenames' quotes spaces, but where nothing is to be quoted a folder called 'list' would make 'list' a path.
    [[ $is_plain ]] && compopt +o filenames 2>/dev/null
    [[ ${#COMPREPLY[@]} == 1 && $COMPREPLY == */ ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o filenames -o nosort -F _tip tip 2>/dev/null || complete -o filenames -F _tip tip
