using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Editing;

/// <summary>A node between its form and its two YAML mappings. Keys the form does not know stay as they are.</summary>
internal static class NodeYaml
{
    private static readonly string[] Kinds = ["say", "ask", "tell", "do", "end"];

    private static readonly string[] Order =
        ["title", "aside", "say", "ask", "tell", "do", "end", "text", "like", "never", "several", "required", "free-text", "records", "answers", "proposes", "next", "returns"];

    public static NodeForm Read(string id, YamlMappingNode zh, YamlMappingNode en)
    {
        var kind = (NodeKind)Math.Max(0, Array.FindIndex(Kinds, zh.Has));
        var action = zh.Map("do");
        return new NodeForm
        {
            Id = id,
            Kind = kind,
            Aside = zh.Flag("aside"),
            Returns = zh.Flag("returns"),
            Title = Words(zh, en, "title"),
            Text = kind == NodeKind.Do ? Words(zh, en, "text") : Words(zh, en, Kinds[(int)kind]),
            Like = Lines(zh, en, "like"),
            Never = Lines(zh, en, "never"),
            Required = zh.Flag("required", otherwise: true),
            Several = zh.Flag("several"),
            FreeText = Enum.TryParse<Need>(zh.Text("free-text"), ignoreCase: true, out var need) ? need : Need.None,
            Records = zh.Text("records"),
            Answers = [.. zh.Map("answers").Maps().Select(answer => Answer(answer.Key, answer.Map, en.Map("answers")?.Map(answer.Key)))],
            Next = Ways(zh),
            Action = action?.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault()?.Value ?? "",
            ActionTask = action is null ? "" : new[] { "task", "compensate", "supervisor" }.Select(action.Text).FirstOrDefault(code => code.Length > 0) ?? "",
            Proposes = Proposes(zh),
        };
    }

    /// <summary>Writes one language of the form into what stood there before.</summary>
    public static YamlMappingNode Write(NodeForm form, string language, YamlMappingNode before)
    {
        var ask = form.Kind == NodeKind.Ask;
        var text = YamlParts.Scalar(Both.OneLine(form.Text.In(language)));
        var known = new Dictionary<string, YamlNode?>
        {
            ["title"] = YamlParts.Scalar(Both.OneLine(form.Title.In(language))),
            ["aside"] = YamlParts.True(form.Aside),
            ["do"] = form.Kind == NodeKind.Do ? ActionOf(form) : null,
            ["text"] = form.Kind == NodeKind.Do ? text : null,
            ["like"] = YamlParts.List(SplitLines(form.Like.In(language))),
            ["never"] = YamlParts.List(SplitLines(form.Never.In(language))),
            ["several"] = YamlParts.True(ask && form.Several),
            ["required"] = ask && !form.Required ? new YamlScalarNode("false") : null,
            ["free-text"] = ask && form.FreeText != Need.None ? new YamlScalarNode(form.FreeText.ToString().ToLowerInvariant()) : null,
            ["records"] = ask ? YamlParts.Scalar(form.Records) : null,
            ["answers"] = ask && form.Answers.Count > 0 ? AnswersOf(form, language, before.Map("answers")) : null,
            ["proposes"] = ProposesOf(form.Proposes),
            ["next"] = form.Kind == NodeKind.End ? null : NextOf(form),
            ["returns"] = YamlParts.True(form.Kind == NodeKind.End && form.Returns),
        };
        foreach (var kind in Kinds.Where(kind => kind != "do"))
            known[kind] = kind == Kinds[(int)form.Kind] ? text ?? new YamlScalarNode("") : null;
        var map = new YamlMappingNode();
        foreach (var key in Order.Where(key => known[key] is not null))
            map.Set(key, known[key]);
        foreach (var (key, value) in before.Children.Where(pair => pair.Key is YamlScalarNode { Value: { } name } && !Order.Contains(name)))
            map.Children[key] = value;
        return map;
    }

    /// <summary>One item a line; blank lines are none.</summary>
    public static IReadOnlyList<string> SplitLines(string text) =>
        [.. text.Split('\n').Select(Both.OneLine).Where(line => line.Length > 0)];

    private static bool Has(this YamlMappingNode map, string key) => map.Get(key) is not null;

    private static Both Words(YamlMappingNode zh, YamlMappingNode? en, string key) => new(zh.Text(key), en?.Text(key) ?? "");

    private static Both Lines(YamlMappingNode zh, YamlMappingNode en, string key) => new(string.Join('\n', zh.Texts(key)), string.Join('\n', en.Texts(key)));

    private static AnswerForm Answer(string id, YamlMappingNode zh, YamlMappingNode? en) =>
        new(id, Words(zh, en, "label"), zh.Text("next"), string.Join('\n', zh.Texts("when")), Proposes(zh), Words(zh, en, "records"));

    private static IReadOnlyList<WayForm> Ways(YamlMappingNode map) => map.Get("next") switch
    {
        YamlScalarNode { Value: { Length: > 0 } to } => [new(to.Trim(), "")],
        YamlSequenceNode list => [.. list.OfType<YamlMappingNode>().Select(way => new WayForm(way.Text("to"), string.Join('\n', way.Texts("when"))))],
        _ => [],
    };

    private static ProposalForm Proposes(YamlMappingNode map)
    {
        if (map.Map("proposes") is not { } proposes)
            return ProposalForm.Nothing;
        var otherwise = proposes.Text("otherwise");
        return new(otherwise.Length > 0 ? otherwise : proposes.Text("outcome"), otherwise.Length > 0, proposes.Texts("reasons"));
    }

    private static YamlMappingNode? ProposesOf(ProposalForm proposes) => proposes.IsEmpty ? null : YamlParts.Flow(
        ("outcome", proposes.Otherwise ? null : YamlParts.Scalar(proposes.Outcome)),
        ("otherwise", proposes.Otherwise ? YamlParts.Scalar(proposes.Outcome) : null),
        ("reasons", YamlParts.List(proposes.Reasons, SequenceStyle.Flow)));

    private static YamlMappingNode AnswersOf(NodeForm form, string language, YamlMappingNode? before)
    {
        var answers = new YamlMappingNode();
        foreach (var answer in form.Answers)
        {
            var map = YamlParts.Flow(
                ("label", YamlParts.Scalar(Both.OneLine(answer.Label.In(language)))),
                ("next", YamlParts.Scalar(answer.Next)),
                ("when", When(answer.When)),
                ("proposes", ProposesOf(answer.Proposes)),
                ("records", YamlParts.Scalar(Both.OneLine(answer.Records.In(language)))));
            foreach (var (key, value) in before?.Map(answer.Id)?.Children.Where(pair => pair.Key is YamlScalarNode { Value: not ("label" or "next" or "when" or "proposes" or "records") }) ?? [])
                map.Children[key] = value;
            answers.Set(answer.Id, map);
        }
        return answers;
    }

    private static YamlNode? When(string text) => SplitLines(text) switch
    {
        [] => null,
        [var one] => new YamlScalarNode(one),
        var many => YamlParts.List(many, SequenceStyle.Flow),
    };

    private static YamlNode? NextOf(NodeForm form) => form.Next.Where(way => way.To.Length > 0 || way.When.Length > 0).ToList() switch
    {
        [] => null,
        [{ When.Length: 0 } only] => new YamlScalarNode(only.To),
        var many => new YamlSequenceNode(many.Select(way => YamlParts.Flow(("when", When(way.When)), ("to", YamlParts.Scalar(way.To))))),
    };

    private static YamlMappingNode ActionOf(NodeForm form) => form.Action switch
    {
        "task" or "compensate" or "supervisor" => YamlParts.Flow((form.Action, new YamlScalarNode(form.ActionTask))),
        "promise-call-back" or "do-not-call" => YamlParts.Flow((form.Action, YamlParts.True(true))),
        _ => YamlParts.Flow(),
    };
}
