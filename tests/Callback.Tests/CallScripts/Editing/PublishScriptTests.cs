using Callback.Calls;
using Callback.CallScripts;
using Callback.CallScripts.Editing;
using Callback.Tests.Calls;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>What a shop publishes is what its next calls have, and what calls have begun with never changes.</summary>
public sealed class PublishScriptTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_running_call_keeps_its_version_and_the_next_one_has_the_new_one_on_every_node()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await using var other = scene.Node();
        var shop = new ScriptShop(scene);
        await shop.PublishAsync("Goodbye, first.");
        await scene.SqlAsync("update campaigns set call_script = 'shop/our-own' where shop_id = @Shop", new { scene.Shop });
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var running = await scene.CallAsync(agent);
        Assert.Equal("Goodbye, first.", await shop.FarewellAsync(null, other));

        Assert.Equal(2, await shop.PublishAsync("Goodbye, second."));

        var card = (await scene.Get<GetDesk>().RunAsync(agent, default)).Card!;
        Assert.Equal(("shop/our-own", 1), (card.CallScript, card.ScriptVersion));
        Assert.Equal("Goodbye, first.", await shop.FarewellAsync(card.ScriptVersion, other));
        Assert.Equal("Goodbye, second.", await shop.FarewellAsync(null, other));
        var next = await other.CallAsync(await scene.AgentAsync("second"));
        Assert.Equal(2, await scene.OneAsync<int>("select script_version from attempts where attempt_id = @AttemptId", new { next.AttemptId }));
        await scene.MarkAsync(agent, running.AttemptId, Callback.Telephony.CallState.Answered);
        await scene.RecordAsync(agent, running.AttemptId, DeskScene.Outcome("WillPay"));
        Assert.Equal(1, await scene.OneAsync<int>("select script_version from attempts where attempt_id = @AttemptId", new { running.AttemptId }));
    }

    [Fact]
    public async Task A_campaign_that_names_a_version_keeps_it_when_another_is_published()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.PublishAsync("Goodbye, first.");
        await shop.PublishAsync("Goodbye, second.");
        await scene.SqlAsync("update campaigns set call_script = 'shop/our-own', script_version = 1 where shop_id = @Shop", new { scene.Shop });
        await scene.OrderAsync();
        await scene.PlanAsync();
        var dialing = await scene.CallAsync(await scene.AgentAsync());
        Assert.Equal(1, await scene.OneAsync<int>("select script_version from attempts where attempt_id = @AttemptId", new { dialing.AttemptId }));
    }

    [Fact]
    public async Task A_draft_is_found_by_no_card_no_gate_and_no_campaign()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.ImportAsync();
        var finder = scene.Get<ScriptFinder>();
        Assert.Null(await finder.FindAsync(scene.Shop, "shop/our-own", null, "en", default));
        Assert.Null(await finder.FindAsync(scene.Shop, "shop/our-own", 1, "en", default));
        await using (var session = await scene.Db.BeginAsync(scene.Shop, default))
        {
            Assert.Null(await finder.VersionAsync(session, scene.Shop, "shop/our-own", null, default));
            Assert.DoesNotContain(await finder.ChoicesAsync(session, scene.Shop, Purpose.PaymentReminder, default), choice => choice.Name.StartsWith("shop/", StringComparison.Ordinal));
        }

        await shop.PublishAsync(1);
        var draft = (await scene.Get<OpenScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, default))!;
        await shop.SaveAsync(draft.Revision, Tiny.Saying("Not for customers yet."));
        Assert.Equal("Goodbye.", await shop.FarewellAsync(null));
        Assert.Null(await finder.FindAsync(scene.Shop, "shop/our-own", 2, "en", default));
    }

    [Fact]
    public async Task Another_shop_finds_nothing_of_it()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await using var stranger = await DeskScene.OpenAsync(database);
        await new ScriptShop(scene).PublishAsync("Goodbye, ours.");
        Assert.Null(await scene.Get<ScriptFinder>().FindAsync(stranger.Shop, "shop/our-own", null, "en", default));
        await Assert.ThrowsAsync<ShopUnknownException>(() => scene.Get<OpenScriptDraft>().RunAsync(new ScriptShop(stranger).Scheduler, scene.Shop, ScriptShop.Name, default));
    }

    [Fact]
    public async Task Rolling_back_publishes_the_old_words_under_a_new_number_and_leaves_a_draft_alone()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.PublishAsync("Goodbye, first.");
        await shop.PublishAsync("Goodbye, second.");
        var draft = (await scene.Get<OpenScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, default))!;

        Assert.Equal(3, Assert.IsType<PublishScriptResult.Published>(await shop.RollBackAsync(1)).Version);

        Assert.Equal("Goodbye, first.", await shop.FarewellAsync(null));
        Assert.Equal("Goodbye, second.", await shop.FarewellAsync(2));
        var still = (await scene.Get<OpenScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, default))!;
        Assert.Equal((draft.Texts, draft.Revision), (still.Texts, still.Revision));
        Assert.Equal(
            ["callscript.imported", "callscript.published", "callscript.published", "callscript.rolled-back"],
            await scene.AllAsync<string>("select action from audit where shop_id = @Shop and subject = 'call-script:shop/our-own' order by seq", new { scene.Shop }));
        var again = await Assert.ThrowsAsync<InvalidInputException>(() => shop.RollBackAsync(1));
        Assert.Equal("script-unchanged", again.Problems[0].Code);
    }

    [Fact]
    public async Task A_script_with_an_error_is_not_published_and_its_draft_stays()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.ImportAsync();
        var saved = Assert.IsType<SaveScriptResult.Saved>(await shop.SaveAsync(1, Tiny.Saying("Bye {{shpo}}.")));
        var blocked = Assert.IsType<PublishScriptResult.Blocked>(await shop.PublishAsync(saved.Draft.Revision));
        Assert.All(blocked.Errors, error => Assert.Equal("bye", error.Node));
        Assert.Null(await scene.Get<ScriptFinder>().FindAsync(scene.Shop, "shop/our-own", null, "en", default));
        Assert.Equal(saved.Draft.Texts, (await scene.Get<OpenScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, default))!.Texts);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told_and_overwrites_nothing()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.ImportAsync();
        Assert.IsType<SaveScriptResult.Saved>(await shop.SaveAsync(1, Tiny.Saying("Mine.")));
        var late = Assert.IsType<SaveScriptResult.ChangedMeanwhile>(await shop.SaveAsync(1, Tiny.Saying("Yours.")));
        Assert.Equal((2, Tiny.Saying("Mine.")), (late.Current.Revision, late.Current.Texts));
        Assert.IsType<PublishScriptResult.ChangedMeanwhile>(await shop.PublishAsync(1));
        Assert.IsType<SaveScriptResult.ChangedMeanwhile>(await scene.Get<DeleteScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, 1, default));
    }

    [Fact]
    public async Task Two_who_publish_at_once_make_one_version()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.ImportAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => shop.PublishAsync(1))));
        Assert.Single(results.OfType<PublishScriptResult.Published>());
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from script_versions where shop_id = @Shop", new { scene.Shop }));
    }

    [Theory]
    [InlineData("update script_versions set en = en || ' ' where shop_id = @Shop")]
    [InlineData("update script_versions set note = 'another' where shop_id = @Shop")]
    [InlineData("delete from script_versions where shop_id = @Shop")]
    [InlineData("insert into script_versions select shop_id, name, version + 2, zh, en, content_hash, note, published_at, published_by, published_by_name from script_versions where shop_id = @Shop")]
    [InlineData("insert into script_versions select shop_id, name, version + 1, zh, en || '#', content_hash, note, published_at, published_by, published_by_name from script_versions where shop_id = @Shop")]
    [InlineData("update shop_scripts set purpose = 'DeliveryCallBack' where shop_id = @Shop")]
    [InlineData("delete from shop_scripts where shop_id = @Shop")]
    public async Task The_database_itself_keeps_what_was_published(string deed)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await new ScriptShop(scene).PublishAsync("Goodbye, for good.");
        await Assert.ThrowsAsync<PostgresException>(() => scene.SqlAsync(deed, new { scene.Shop }));
    }

    [Fact]
    public async Task The_database_itself_pins_a_call_to_its_version()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await scene.OrderAsync();
        await scene.PlanAsync();
        await scene.CallAsync(await scene.AgentAsync());
        await Assert.ThrowsAsync<PostgresException>(() => scene.SqlAsync("update attempts set script_version = script_version + 1 where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task A_draft_that_was_never_published_goes_with_its_script_and_a_published_script_stays()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        await shop.ImportAsync();
        await scene.Get<DeleteScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, 1, default);
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from shop_scripts where shop_id = @Shop", new { scene.Shop }));
        await shop.PublishAsync("Goodbye, kept.");
        var draft = (await scene.Get<OpenScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, default))!;
        await scene.Get<DeleteScriptDraft>().RunAsync(shop.Scheduler, scene.Shop, ScriptShop.Name, draft.Revision, default);
        Assert.Equal("Goodbye, kept.", await shop.FarewellAsync(null));
    }

    [Fact]
    public async Task An_import_with_a_mistake_is_refused_with_every_finding_and_makes_nothing()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        var refused = await Assert.ThrowsAsync<ScriptRefusedException>(() => shop.ImportAsync(Tiny.Saying("Bye {{shpo}}.")));
        Assert.Equal(["en", "zh-CN"], refused.Errors.Select(error => error.Language).Order(StringComparer.Ordinal));
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from shop_scripts where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task A_pack_cannot_be_changed_to_another_purpose_on_its_way()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var shop = new ScriptShop(scene);
        var draft = await scene.Get<CreateScriptDraft>().RunAsync(shop.Scheduler, new CopyScriptInput(scene.Shop, "delivery-call-back", ScriptShop.Name), default);
        await shop.SaveAsync(draft.Revision, Tiny.Texts);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => shop.PublishAsync(2));
        Assert.Equal("script-purpose", refused.Problems[0].Code);
    }

    [Fact]
    public async Task An_agent_edits_no_script()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<CreateScriptDraft>().RunAsync(agent, new ImportScriptInput(scene.Shop, "x", Tiny.Texts), default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<OpenScriptDraft>().RunAsync(agent, scene.Shop, "x", default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<SaveScriptDraft>().RunAsync(agent, new(scene.Shop, "x", 1, Tiny.Texts), default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<PublishScript>().RunAsync(agent, new PublishScriptInput(scene.Shop, "x", 1, "n"), default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<PublishScript>().RunAsync(agent, new RollBackScriptInput(scene.Shop, "x", 1, "n"), default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<DeleteScriptDraft>().RunAsync(agent, scene.Shop, "x", 1, default));
    }
}
