namespace Callback.CallScripts.Editing;

/// <summary>All that is asked of a script before customers hear it: the reader's checks, as for a file.</summary>
public static class ScriptCheck
{
    public static CheckedScript Of(ScriptTexts texts, OutcomeCatalogue catalogue) => CheckedScript.Of(texts, catalogue);
}
