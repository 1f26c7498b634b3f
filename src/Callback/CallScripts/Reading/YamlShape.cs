using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Callback.CallScripts.Reading;

/// <summary>
/// Texts come from people's browsers too. Nesting deeper than any script needs would exhaust the stack of the recursive reader, and aliases let a short
/// text stand for an endless one; both are refused before anything is built of it.
/// </summary>
internal static class YamlShape
{
    private const int Deepest = 12;

    public static (Mark At, string Message)? Refusal(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            if (parser.Current is AnchorAlias alias)
                return (alias.Start, "Aliases (*name) are not allowed in a script: write the text out.");
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest + 2)
                return (parser.Current.Start, $"The text is nested deeper than {Deepest} levels.");
        }
        return null;
    }
}
