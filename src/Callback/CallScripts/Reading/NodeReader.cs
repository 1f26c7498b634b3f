namespace Callback.CallScripts.Reading;

/// <summary>Reads the nodes of a script and notes the ways between them.</summary>
internal sealed class NodeReader
{
    private static readonly string[] Kinds = ["say", "ask", "tell", "do", "end"];

    public List<Edge> Edges { get; } = [];

    public ScriptNode Read(string id, ConfigMap map)
    {
        var kind = Kind(map);
        var text = kind == NodeKind.Do ? map.Text("text") : map.Text(Kinds[(int)kind]);
        var node = new ScriptNode(
            id,
            kind,
            map.Required("title"),
            ScriptTemplate.Compile(text ?? "", message => map.Error(kind == NodeKind.Do ? "text" : Kinds[(int)kind], message)),
            map.Texts("like"),
            map.Texts("never"),
            kind == NodeKind.Ask ? [.. map.Maps("answers").Select(answer => Answer(id, answer.Key, answer.Map))] : [],
            kind == NodeKind.Ask && map.Flag("required", otherwise: true),
            kind == NodeKind.Ask && map.Flag("several"),
            kind == NodeKind.Ask ? map.Choice<Need>("free-text") ?? Need.None : Need.None,
            kind == NodeKind.Ask ? map.Choice<RecordField>("records") : null,
            Ways(id, map),
            kind == NodeKind.Do ? Action(map) : null,
            Proposes(map),
            kind == NodeKind.End && map.Flag("returns"));
        map.NothingElse();
        CheckShape(node, text, map);
        return node;
    }

    private static NodeKind Kind(ConfigMap map)
    {
        var present = Kinds.Where(kind => map.Text(kind == "do" ? "" : kind) is not null || (kind == "do" && map.Map("do") is not null)).ToList();
        if (present.Count != 1)
            map.Error($"A node is exactly one of {string.Join(", ", Kinds)}; this one is {(present.Count == 0 ? "none" : string.Join(" and ", present))}.");
        return present.Count == 0 ? NodeKind.Tell : (NodeKind)Array.IndexOf(Kinds, present[0]);
    }

    private static void CheckShape(ScriptNode node, string? text, ConfigMap map)
    {
        if (text is null && node.Kind is NodeKind.Do)
            map.Error("A 'do' node needs a 'text' that tells the agent what to do.");
        if (node.Kind == NodeKind.End && node.Next.Count > 0)
            map.Error("next", "Nothing follows an 'end' node.");
        if (node.Kind == NodeKind.Ask)
            CheckAsk(node, map);
        else if (node.Kind != NodeKind.End && node.Next.Count == 0)
            map.Error($"Nothing follows '{node.Id}': give it 'next', or make it an 'end'.");
        if (node.Next.Count > 0 && !node.Next[^1].Condition.IsAlways)
            map.Error("next", "The last way of 'next' must hold without a condition; otherwise the talk can get stuck.");
    }

    private static void CheckAsk(ScriptNode node, ConfigMap map)
    {
        var single = !node.Several && node.Answers.Count > 0;
        if (node.Answers.Count == 0 && node.FreeText == Need.None)
            map.Error("An 'ask' node needs 'answers', or 'free-text'.");
        if (node.Answers.Count > 0 && node.Answers.All(answer => !answer.Condition.IsAlways))
            map.Error("answers", "Every answer has a condition; one at least must always be there.");
        if (single && node.Required && node.Next.Count > 0)
            map.Error("next", $"The answer to '{node.Id}' is required, but 'next' lets it be skipped: give each answer its own 'next', or set 'required: false'.");
        if (single && node.Required && node.Answers.FirstOrDefault(answer => answer.Next is null) is { } open)
            map.Error("answers", $"The answer '{open.Id}' leads nowhere: give it 'next'.");
        if ((!single || !node.Required) && node.Next.Count == 0)
            map.Error($"'{node.Id}' needs 'next': where the talk goes on {(single ? "without an answer" : "afterwards")}.");
        if (node.Several && node.Next.Count > 1)
            map.Error("next", "A question with several answers has one 'next', to which all its answers lead.");
        if (node.Required && node.Answers.Count == 0 && node.FreeText != Need.Required)
            map.Error("free-text", $"The answer to '{node.Id}' is required, but nothing needs to be typed: set 'free-text: required', or 'required: false'.");
    }

    private Branch Answer(string node, string id, ConfigMap map)
    {
        var next = map.Text("next");
        if (next is not null)
            Edges.Add(new Edge(node, next, new Place(map.File, map.AtKey("next"))));
        var answer = new Branch(id, map.Required("label"), next, ConditionReader.Read(map, "when"), Proposes(map), map.Text("records"));
        map.NothingElse();
        return answer;
    }

    private IReadOnlyList<Way> Ways(string node, ConfigMap map)
    {
        if (!map.IsList("next"))
        {
            if (map.Text("next") is not { } only)
                return [];
            Edges.Add(new Edge(node, only, new Place(map.File, map.AtKey("next"))));
            return [new Way(only, Condition.Always)];
        }
        return [.. map.List("next").Select(way => Conditional(node, way))];
    }

    private Way Conditional(string node, ConfigMap map)
    {
        var way = new Way(map.Required("to"), ConditionReader.Read(map, "when"));
        Edges.Add(new Edge(node, way.To, new Place(map.File, map.AtKey("to"))));
        map.NothingElse();
        return way;
    }

    private static Proposal Proposes(ConfigMap map)
    {
        if (map.Map("proposes") is not { } proposes)
            return Proposal.Nothing;
        var (outcome, otherwise) = (proposes.Text("outcome"), proposes.Text("otherwise"));
        if (outcome is not null && otherwise is not null)
            proposes.Error("otherwise", "'outcome' and 'otherwise' exclude each other.");
        var proposal = new Proposal(outcome ?? otherwise, proposes.Texts("reasons"), otherwise is not null);
        proposes.NothingElse();
        return proposal;
    }

    private static ScriptAction? Action(ConfigMap map)
    {
        if (map.Map("do") is not { } action)
            return null;
        var possible = new ScriptAction?[]
        {
            action.Text("task") is { } task ? new ScriptAction.OpenTask(task) : null,
            action.Text("compensate") is { } gift ? new ScriptAction.OfferCompensation(gift) : null,
            action.Flag("promise-call-back") ? new ScriptAction.PromiseCallBack() : null,
            action.Flag("do-not-call") ? new ScriptAction.PutOnDoNotCall() : null,
            action.Text("supervisor") is { } kind ? new ScriptAction.SendToSupervisor(kind) : null,
        };
        action.NothingElse();
        if (possible.OfType<ScriptAction>().Count() != 1)
            action.Error("'do' is exactly one of task, compensate, promise-call-back, do-not-call, supervisor.");
        return possible.OfType<ScriptAction>().FirstOrDefault();
    }
}
