namespace Callback.CallScripts;

/// <summary>A template and its compiled form. What comes out is plain text: whoever shows it encodes it.</summary>
/// <param name="source">With Handlebars placeholders; checked at load against <see cref="ScriptValueNames"/>.</param>
/// <param name="render">Fills the placeholders in.</param>
public sealed class ScriptText(string source, Func<ScriptValues, string> render)
{
    public static ScriptText Empty { get; } = new("", _ => "");

    public string Source { get; } = source;

    public bool IsEmpty => Source.Length == 0;

    public string Render(ScriptValues values) => render(values);
}
