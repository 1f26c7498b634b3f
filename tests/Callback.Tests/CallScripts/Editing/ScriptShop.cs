using System.Collections.Frozen;
using Callback.CallScripts;
using Callback.CallScripts.Editing;
using Callback.Tests.Calls;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>A scheduler's hands in a shop at work.</summary>
internal sealed class ScriptShop(DeskScene scene)
{
    public const string Name = "our-own";

    public Actor Scheduler { get; } = new(
        Guid.CreateVersion7(DeskScene.MondayLateMorning), "scheduler",
        new Dictionary<ShopId, FrozenSet<Permission>> { [scene.Shop] = Permissions.Of(Role.Scheduler) }.ToFrozenDictionary(), []);

    public Task<ScriptDraft> ImportAsync(ScriptTexts? texts = null) =>
        scene.Get<CreateScriptDraft>().RunAsync(Scheduler, new ImportScriptInput(scene.Shop, Name, texts ?? Tiny.Texts), default);

    public Task<SaveScriptResult> SaveAsync(int revision, ScriptTexts texts) =>
        scene.Get<SaveScriptDraft>().RunAsync(Scheduler, new(scene.Shop, Name, revision, texts), default);

    public Task<PublishScriptResult> PublishAsync(int revision, string note = "first") =>
        scene.Get<PublishScript>().RunAsync(Scheduler, new PublishScriptInput(scene.Shop, Name, revision, note), default);

    public Task<PublishScriptResult> RollBackAsync(int version) =>
        scene.Get<PublishScript>().RunAsync(Scheduler, new RollBackScriptInput(scene.Shop, Name, version, "back"), default);

    /// <summary>Publishes the small script with other words at the farewell.</summary>
    public async Task<int> PublishAsync(string farewell)
    {
        var draft = await scene.Get<OpenScriptDraft>().RunAsync(Scheduler, scene.Shop, Name, default) ?? await ImportAsync(Tiny.Saying(farewell));
        if (draft.BasedOn is not null)
            draft = Assert.IsType<SaveScriptResult.Saved>(await SaveAsync(draft.Revision, Tiny.Saying(farewell))).Draft;
        return Assert.IsType<PublishScriptResult.Published>(await PublishAsync(draft.Revision, farewell)).Version;
    }

    public async Task<string> FarewellAsync(int? version, DeskScene? node = null) =>
        (await (node ?? scene).Get<ScriptFinder>().FindAsync(scene.Shop, $"shop/{Name}", version, "en", default))!["bye"].Text.Source;
}
