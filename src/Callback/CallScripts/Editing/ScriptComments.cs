using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Callback.CallScripts.Editing;

/// <summary>Comments in a script's texts. A text that is written out step by step loses them: the trees it is changed in do not hold any.</summary>
public static class ScriptComments
{
    public static int Count(ScriptTexts texts) => Count(texts.Zh) + Count(texts.En);

    private static int Count(string text)
    {
        var count = 0;
        try
        {
            var scanner = new Scanner(new StringReader(text), skipComments: false);
            while (scanner.MoveNext())
                count += scanner.Current is Comment ? 1 : 0;
        }
        catch (YamlException)
        {
            // A text that cannot be read is not changed step by step either.
        }
        return count;
    }
}
