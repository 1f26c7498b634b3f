using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

/// <summary>A talk through a shipped script, as an agent would lead it.</summary>
internal sealed class Talk(CallScript script, ScriptValues values, CallDraft draft)
{
    private ScriptPath? path;

    public static CallScriptBook Book { get; } = CallScriptBook.Load(Config.Folder);

    public static Talk Begin(string script, string language = "en", ScriptFacts? facts = null) =>
        new(Book.Find(script, null, language)!, ScriptValues.Of(facts ?? ScriptSamples.Full(language)), CallDraft.Empty);

    public CallScript Script => script;

    public ScriptValues Values => values;

    public CallDraft Draft => draft;

    public ScriptPath Path => path ??= ScriptPath.Of(script, values, draft);

    public Talk With(CallDraft other) => new(script, values, other);

    public Talk Go(string go) => With(ScriptMove.Go(script, values, draft, go));

    /// <summary>Answers the node on screen and goes on.</summary>
    public Talk Answer(string node, params string[] chosen)
    {
        Assert.Equal(node, Path.Current.Id);
        return Note(node, chosen).Go("next");
    }

    /// <summary>Writes an answer down without going on.</summary>
    public Talk Note(string node, IReadOnlyList<string> chosen, string? text = null) =>
        With(draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [node] = new NodeAnswer(chosen, text) } });

    /// <summary>Goes on while nothing is asked.</summary>
    public Talk Listen()
    {
        var talk = this;
        while (talk.Path is { Current.Kind: not NodeKind.Ask, Next: not null })
            talk = talk.Go("next");
        return talk;
    }

    public Talk Greeted() => Answer("greet", "self").Answer("moment", "good");
}
