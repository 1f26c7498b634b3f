using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Editing;

/// <summary>What came of reading two texts for editing.</summary>
/// <param name="Document">Null: the texts cannot be shown step by step; they can be put right as YAML.</param>
public sealed record ReadDocument(ScriptDocument? Document);

/// <summary>
/// A script under the editor's hands: both texts as trees with the same steps, changed in place and written out again. It asks for no sound script; what is
/// wrong the reader tells of the written texts. Comments are not kept: <see cref="ScriptComments"/> counts them before.
/// </summary>
public sealed class ScriptDocument
{
    private readonly YamlMappingNode zh;
    private readonly YamlMappingNode en;

    private ScriptDocument(YamlMappingNode zh, YamlMappingNode en) => (this.zh, this.en) = (zh, en);

    public HeadForm Head => new(new(zh.Text("title"), en.Text("title")), zh.Text("target"), zh.Text("start"), zh.Text("greeting-ends"));

    public string Purpose => zh.Text("purpose");

    /// <summary>Ids in the order of the Chinese text.</summary>
    public IReadOnlyList<string> Ids => [.. zh.Map("nodes").Maps().Select(node => node.Key)];

    public IReadOnlyList<NodeForm> Nodes => [.. Ids.Select(id => Find(id)!)];

    public static ReadDocument Read(ScriptTexts texts)
    {
        if (YamlParts.Parse(texts.Zh) is not { } zh || YamlParts.Parse(texts.En) is not { } en || zh.Map("nodes") is not { } zhNodes || en.Map("nodes") is not { } enNodes)
            return new(null);
        var ids = zhNodes.Maps().Select(node => node.Key).ToHashSet();
        var same = ids.SetEquals(enNodes.Maps().Select(node => node.Key)) && ids.Count == zhNodes.Children.Count && ids.Count == enNodes.Children.Count;
        return new(same ? new(zh, en) : null);
    }

    public NodeForm? Find(string id) => Pair(id) is var (chinese, english) ? NodeYaml.Read(id, chinese, english) : null;

    public ScriptTexts ToTexts() => new(YamlParts.Write(zh), YamlParts.Write(en));

    public ScriptDocument Named(string name, int version)
    {
        foreach (var text in new[] { zh, en })
        {
            text.Set("script", new YamlScalarNode(name));
            text.Set("version", new YamlScalarNode(version.ToString(CultureInfo.InvariantCulture)));
        }
        return this;
    }

    public ScriptDocument WithHead(HeadForm head)
    {
        foreach (var (text, title) in new[] { (zh, head.Title.Zh), (en, head.Title.En) })
        {
            text.Set("title", YamlParts.Scalar(Both.OneLine(title)));
            text.Set("target", YamlParts.Scalar(head.Target.Trim()));
            text.Set("start", YamlParts.Scalar(head.Start));
            text.Set("greeting-ends", YamlParts.Scalar(head.GreetingEnds));
        }
        return this;
    }

    /// <summary>Writes a step where it stands, else at the end.</summary>
    public ScriptDocument With(NodeForm form)
    {
        var (chinese, english) = Pair(form.Id) ?? (new(), new());
        zh.Map("nodes")!.Set(form.Id, NodeYaml.Write(form, "zh-CN", chinese));
        en.Map("nodes")!.Set(form.Id, NodeYaml.Write(form, "en", english));
        return this;
    }

    /// <summary>Adds a step behind another: what the other led to, the new one leads to.</summary>
    /// <param name="after">Null, or a step with several ways on: the new step is led to by hand.</param>
    public ScriptDocument Insert(NodeForm form, string? after)
    {
        if (after is not null && Find(after) is { Next: [{ When.Length: 0 } only] } before)
        {
            With(form.Kind == NodeKind.End || form.Next.Count > 0 ? form : form with { Next = [only] });
            return With(before with { Next = [new(form.Id, "")] });
        }
        return With(form);
    }

    /// <summary>Takes a step out. Where it had one way on, what led to it leads there now.</summary>
    public ScriptDocument Without(string id)
    {
        var heir = Find(id) is { Next: [{ When.Length: 0 } only] } ? only.To : null;
        foreach (var text in new[] { zh, en })
            text.Map("nodes")!.Set(id, null);
        if (heir is null || heir == id)
            return this;
        foreach (var node in Nodes.Where(node => LeadsTo(node, id)))
        {
            With(node with
            {
                Next = [.. node.Next.Select(way => way.To == id ? way with { To = heir } : way)],
                Answers = [.. node.Answers.Select(answer => answer.Next == id ? answer with { Next = heir } : answer)],
            });
        }
        return Head.Start == id ? WithHead(Head with { Start = heir }) : this;
    }

    /// <summary>Gives a step another id; every way, the start and every condition on its answer follow.</summary>
    public ScriptDocument Renamed(string from, string to)
    {
        if (from == to || Find(from) is null)
            return this;
        foreach (var text in new[] { zh, en })
            text.Map("nodes")!.Rename(from, to);
        foreach (var node in Nodes)
        {
            var after = node with
            {
                Next = [.. node.Next.Select(way => new WayForm(way.To == from ? to : way.To, Asking(way.When, from, to)))],
                Answers = [.. node.Answers.Select(answer => answer with { Next = answer.Next == from ? to : answer.Next, When = Asking(answer.When, from, to) })],
            };
            if (!after.Next.SequenceEqual(node.Next) || !after.Answers.SequenceEqual(node.Answers))
                With(after);
        }
        return WithHead(Head with { Start = Head.Start == from ? to : Head.Start, GreetingEnds = Head.GreetingEnds == from ? to : Head.GreetingEnds });
    }

    /// <summary><c>answer arrived is no</c>: the conditions that name a step.</summary>
    private static string Asking(string when, string from, string to) =>
        Regex.Replace(when, $@"(?<=\banswer\s+){Regex.Escape(from)}(?=\s+is\b)", to, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The nodes of other texts, added behind these: what a file includes becomes its own.</summary>
    internal void Include(YamlMappingNode chinese, YamlMappingNode english)
    {
        foreach (var (text, part) in new[] { (zh, chinese), (en, english) })
        {
            foreach (var (id, node) in part.Map("nodes").Maps())
                text.Map("nodes")!.Set(id, node);
            text.Set("include", null);
        }
    }

    private static bool LeadsTo(NodeForm node, string id) => node.Next.Any(way => way.To == id) || node.Answers.Any(answer => answer.Next == id);

    private (YamlMappingNode Zh, YamlMappingNode En)? Pair(string id) =>
        zh.Map("nodes")?.Map(id) is { } chinese && en.Map("nodes")?.Map(id) is { } english ? (chinese, english) : null;
}
