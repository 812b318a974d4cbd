# Completion of skurd for bash: install as /usr/share/bash-completion/completions/skurd.
_skurd()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command="" i
    local commands="init follow harvest drop serve orders reload cancel notify status jobs runs check config discover describe report signoff forget diff indicators flags quarantine drift annotate annotations correct corrections why get history revisions export verdict replay verify backup publish restore store decode"
    local shared="--config --state --log --json --no-color --wide --help --version"
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ " $commands " == *" ${COMP_WORDS[i]} "* ]]; then
            command=${COMP_WORDS[i]}
            break
        fi
    done

    local jobs='$(skurd jobs --json 2>/dev/null | sed -n "s/^ *\"job\": \"\(.*\)\",$/\1/p")'
    local sources='$(skurd discover --json 2>/dev/null | sed -n "s/^ *\"source\": \"\(.*\)\",$/\1/p")'
    local orders='$(skurd orders --json 2>/dev/null | sed -n "s/^ *\"id\": \([0-9]*\),$/\1/p")'
    local open_orders='$(skurd orders --most 0 --json 2>/dev/null | sed -n "s/^ *\"id\": \([0-9]*\),$/\1/p")'
    case $before in
        --config | --layout | --read-only) compopt -o default; COMPREPLY=(); return ;;
        --state) COMPREPLY=($(compgen -d -- "$word")); return ;;
        --log) COMPREPLY=($(compgen -W "trace debug info warn error" -- "$word")); return ;;
        --dialect) COMPREPLY=($(compgen -W "rfc4180 raw excel-nb" -- "$word")); return ;;
        --test)
            COMPREPLY=($(compgen -W "$(skurd notify --json 2>/dev/null | sed -n "s/^ *\"channel\": \"\(.*\)\",$/\1/p" | sort -u)" -- "$word"))
            return ;;
        --lang) COMPREPLY=($(compgen -W "no en" -- "$word")); return ;;
        --kind)
            if [[ $command == annotate ]]; then
                local IFS=$'\n' # one kind has a space
                COMPREPLY=($(compgen -W $'revision\nerror correction\nbreak\nnote' -- "$word"))
                COMPREPLY=("${COMPREPLY[@]// /\\ }")
                return
            fi
            if [[ $command == flags ]]; then
                COMPREPLY=($(compgen -W "threshold revision break withdrawn overdue frozen replaced drift suspect quarantine clock window rule" -- "$word"))
                return
            fi
            COMPREPLY=($(compgen -W "share number amount ratio score" -- "$word"))
            return ;;
        --direction) COMPREPLY=($(compgen -W "up down neutral" -- "$word")); return ;;
        --job)
            if [[ $command == drop ]]; then compopt -o default; fi
            if [[ $command != describe ]]; then
                COMPREPLY=($(compgen -W "$(eval echo "$jobs")" -- "$word"))
                return
            fi ;;
        --by) if [[ $command == revisions ]]; then COMPREPLY=($(compgen -W "indicator source" -- "$word")); fi; return ;;
        --url | --language | --codes | --table | --select | --for-each | --for | --unit | --baseline | --threshold | --part | --number) COMPREPLY=(); return ;;
        --output | --record) compopt -o default; COMPREPLY=(); return ;;
        --format)
            if [[ $command == report ]]; then
                COMPREPLY=($(compgen -W "text md html csv xlsx json" -- "$word"))
            else
                COMPREPLY=($(compgen -W "table csv json ndjson jsonstat" -- "$word"))
            fi
            return ;;
    esac

    local options=""
    case $command in
        "") options=$commands ;;
        init) compopt -o dirnames ;;
        follow) options="--url --language --select --for-each --codes --indicator --kind --direction --unit --baseline --threshold --part --number --lang $(eval echo "$sources")"; compopt -o default ;;
        harvest) options="--all --due --dry-run --force --select --accept-withdrawals --accept-drift --accept-suspect --detach $(eval echo "$jobs")" ;;
        drop) options="--job --published --accept-withdrawals --accept-drift --accept-suspect --detach"; compopt -o default ;;
        orders) options="--most $(eval echo "$orders")" ;;
        notify) options="--send --test --retry --drop --most --by" ;;
        reload) options="" ;;
        serve) options="--read-only --listen" ;;
        config) options="--versions --texts" ;;
        cancel) options="$(eval echo "$open_orders")" ;;
        status | jobs) options="--lang" ;;
        runs) options="--most --lang $(eval echo "$jobs")" ;;
        check) options="--online --all --apply --record $(eval echo "$jobs")" ;;
        discover) options="--url --language $(eval echo "$sources")" ;;
        describe) options="--url --language --codes --job --table $(eval echo "$sources")"; compopt -o default ;;
        report) options="--set --period --as-of --known-at --format --dialect --raw --output --lang --corrected --signed --threshold-share --threshold-number --prices" ;;
        signoff) options="--set --period --by --note --key --sign --statement --list --lang" ;;
        forget) options="--yes --by" ;;
        diff) options="--from --to --sets --signed --now --period --lang" ;;
        indicators) options="--set --versions --catalogue --lang" ;;
        flags) options="ack show --all --kind --job --source --indicator --for --raised-since --dry-run --lang --note --by" ;;
        quarantine) options="list show retry discard --all --accept --accept-withdrawals --accept-drift --accept-suspect --detach --note --by" ;;
        drift) options="--lang" ;;
        annotate) options="--kind --text --period --vintage --by --withdraw --reason" ;;
        annotations | corrections) options="--all --lang" ;;
        correct) options="--period --expected --to --reason --by --end" ;;
        why) options="--as-of --known-at --lang --corrected" ;;
        get) options="--as-of --known-at --period --format --dialect --raw --lang --corrected" ;;
        revisions) options="--by --tidy --dialect --raw --lang" ;;
        export) options="get history revisions --output --format --period --as-of --known-at --corrected --dialect --raw"; compopt -o default ;;
        history) options="--period --format --dialect --raw --lang" ;;
        verdict) options="--kind --direction --years --stdin" ;;
        replay) options="--accept --accept-drift --accept-suspect --detach $(eval echo "$jobs")" ;;
        verify) options="--since --head --scratch"; compopt -o default ;;
        backup) options="--replace --to --keep --rehearse"; compopt -o default ;;
        publish) options="--since --names --to"; compopt -o default ;;
        restore) compopt -o default ;;
        store) options="copy"; compopt -o dirnames ;;
        decode) options="--layout --dialect --raw"; compopt -o default ;;
    esac
    COMPREPLY=($(compgen -W "$options $shared" -- "$word"))
}
complete -F _skurd skurd
