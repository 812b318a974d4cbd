# Completion of skurd for fish: install as /usr/share/fish/vendor_completions.d/skurd.fish. It asks the program for its
# commands and options, so it fits whichever version is installed.
function __skurd_command
    for word in (commandline -opc)[2..]
        if string match -qr '^[a-z]+$' -- $word
            echo $word
            return 0
        end
    end
    return 1
end

function __skurd_commands
    skurd --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\)  *\(.*\)/\1\t\2/p'
end

# The options of the command given, with what they do where the help says it on the same line.
function __skurd_options
    skurd (__skurd_command) --help 2>/dev/null | sed -n 's/^  \(-[a-z],\)\{0,1\}\(--[a-z-]*\)\([^ ]* [A-Z]*\)\{0,1\}   *\(.*\)/\2\t\4/p; t; s/^  \(--[a-z-]*\).*/\1/p'
end

complete -c skurd -n 'not __skurd_command >/dev/null' -f -a '(__skurd_commands)'
complete -c skurd -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__skurd_options)'
