using Callback.Tests.CallScripts;
using Callback.Wording;
using YamlDotNet.RepresentationModel;

namespace Callback.Tests.Wording;

/// <summary>A sentence people said or noted.</summary>
/// <param name="Kind">What is wrong with it; null: nothing.</param>
internal sealed record Sentence(string Language, WordingKind? Kind, string Text)
{
    public static IReadOnlyList<Sentence> All { get; } = Read();

    private static List<Sentence> Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Config.Folder, "../tests/Callback.Tests/Wording/sentences.yaml"))));
        var all = new List<Sentence>();
        foreach (var (language, parts) in (YamlMappingNode)stream.Documents[0].RootNode)
        {
            foreach (var (kind, texts) in (YamlMappingNode)parts["bad"])
                all.AddRange(((YamlSequenceNode)texts).Select(text => new Sentence(language.ToString(), Enum.Parse<WordingKind>(kind.ToString()), text.ToString())));
            all.AddRange(((YamlSequenceNode)parts["fine"]).Select(text => new Sentence(language.ToString(), null, text.ToString())));
        }
        return all;
    }
}
