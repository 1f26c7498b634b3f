using Callback.CallScripts.Reading;
using Callback.Wording;

namespace Callback.CallScripts;

/// <summary>Checks what the shipped and added packs say to customers: a red line is an error, anything else a warning.</summary>
public sealed class SpokenWordingCheck : IConfigCheck
{
    public bool BeforeStart => false;

    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var (packs, wrong) = (new Findings(), new List<ConfigFinding>());
        var guard = new WordingGuard(WordingReader.Read(configFolder, wrong));
        return
        [
            .. from script in PackReader.Read(configFolder, packs).All
               from found in SpokenWording.Of(script, guard)
               let kind = found.Finding.Blocks ? ConfigFindingKind.Error : ConfigFindingKind.Warning
               select new ConfigFinding(
                   $"call-scripts/{script.Pack}/{script.Language}/{script.Name}.yaml", found.Node.Id, kind,
                   $"says '{found.Words}' ({found.Finding.Kind}); better: {found.Finding.Better.In(script.Language)}"),
        ];
    }
}
