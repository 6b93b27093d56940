# Completions of tip for bash. In ~/.bashrc: source <(tip completions bash)
_tip() {
    local word help words=()
    # bash takes '=' for a word of its own.
    for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
        [[ $word == "=" ]] || words+=("$word")
    done
    COMPREPLY=()
    while IFS=$'\t' read -r word help; do
        # Quoted as the word was begun, so that nothing in a name is run. Where a name ends in that quote, readline does
        # not close it.
        case ${COMP_WORDS[COMP_CWORD]} in
            \'*) word=${word//\'/\'\\\'\'} word=${word/%\'/\'\'} ;;
            \"*)
                word=${word//\\/\\\\} word=${word//\"/\\\"} word=${word//\$/\\\$} word=${word//\`/\\\`}
                word=${word//!/\"\'!\'\"} word=${word/%\"/\"\"}
                ;;
            *) [[ $word == *[!A-Za-z0-9_.,/-]* ]] && printf -v word %q "$word" ;;
        esac
        COMPREPLY+=("$word")
    done < <(TIP_COMPLETE=1 tip -- "${words[@]}" "$2" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && $COMPREPLY == */ ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o nosort -F _tip tip 2>/dev/null || complete -F _tip tip
