using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Tests.CallScripts.Editing;

public sealed class PackTextsTests
{
    public static TheoryData<string> Names => [.. Enum.GetValues<Purpose>().SelectMany(Talk.Book.NamesFor)];

    /// <summary>A shop may make any shipped script its own; of a pack in one language both texts begin in that one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shipped_script_can_be_copied_whole(string name)
    {
        var texts = new PackTexts(new(Config.Folder, Config.Folder, Production: false, Demo: false), Talk.Book).Find(name)!;
        var check = CheckedScript.Of(texts, Talk.Book.Outcomes);
        Assert.Empty(check.Errors.Select(error => $"{error.Language} {error.Line}: {error.Message}"));
        Assert.Equal(Talk.Book.Find(name, null, "en")!.Nodes.Count, check.En!.Nodes.Count);
    }
}
