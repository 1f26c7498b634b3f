using System.Collections.Frozen;
using YamlDotNet.Core;

namespace Callback.CallScripts.Reading;

/// <summary>A place in a file.</summary>
internal sealed record Place(string File, Mark At);

/// <summary>A way from a node to another, with the line it stands on.</summary>
internal sealed record Edge(string From, string To, Place Place);

/// <summary>A script as read, with the places its checks report.</summary>
internal sealed record ReadScript(CallScript Script, string File, IReadOnlyDictionary<string, Place> Places, IReadOnlyList<Edge> Edges);

/// <summary>Reads one call script and the parts it includes.</summary>
internal sealed class ScriptReader(ConfigSource source, string pack, string language, Findings findings)
{
    private readonly Dictionary<string, ScriptNode> nodes = [];
    private readonly Dictionary<string, Place> places = [];
    private readonly List<string> asides = [];
    private readonly NodeReader nodeReader = new();

    public static string FolderOf(string pack, string language) => $"call-scripts/{pack}/{language}";

    /// <param name="name">File name without its ending.</param>
    public ReadScript? Read(string name)
    {
        var file = $"{FolderOf(pack, language)}/{name}.yaml";
        if (source.Read(file, findings) is not { } root)
            return null;
        var included = root.Texts("include");
        ReadNodes(root);
        foreach (var part in included)
            ReadIncluded(part, root);
        var script = new CallScript(
            pack, root.Required("script"), root.Whole("version", least: 1), language, root.Choice<Purpose>("purpose") ?? NoPurpose(root), root.Required("title"),
            root.Required("start"), root.Required("greeting-ends"), root.Span("target"), nodes.ToFrozenDictionary(), asides);
        root.NothingElse();
        if (!nodes.ContainsKey(script.Start))
            root.Error("start", $"The script starts at '{script.Start}', which is no node.{ConfigSource.DidYouMean(script.Start, nodes.Keys)}");
        if (!nodes.ContainsKey(script.GreetingEnds))
            root.Error("greeting-ends", $"'{script.GreetingEnds}' is no node.{ConfigSource.DidYouMean(script.GreetingEnds, nodes.Keys)}");
        return new ReadScript(script, file, places, nodeReader.Edges);
    }

    private void ReadIncluded(string part, ConfigMap root)
    {
        var file = $"{FolderOf(pack, language)}/_{part}.yaml";
        if (!source.Has(file))
        {
            root.Error("include", $"There is no file '_{part}.yaml' beside this one.");
            return;
        }
        if (source.Read(file, findings) is not { } included)
            return;
        ReadNodes(included);
        included.NothingElse();
    }

    private void ReadNodes(ConfigMap map)
    {
        foreach (var (id, node) in map.Maps("nodes"))
        {
            if (nodes.ContainsKey(id))
            {
                node.Error($"There is another node '{id}', in {places[id].File} line {places[id].At.Line}.");
                continue;
            }
            places[id] = new Place(node.File, node.At);
            if (node.Flag("aside"))
                asides.Add(id);
            nodes[id] = nodeReader.Read(id, node);
        }
    }

    private static Purpose NoPurpose(ConfigMap root)
    {
        root.Error("purpose", "'purpose' is missing.");
        return Purpose.PaymentReminder;
    }
}
