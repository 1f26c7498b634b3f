using System.Text.Json;
using Callback.CallScripts;
using Callback.Campaigns;
using Callback.Tests.Planning;
using Callback.Tests.Support;
using Callback.Tests.Windows;
using Callback.Windows;

namespace Callback.Tests.Campaigns;

public sealed class CampaignTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Actor Scheduler = Actor.System("test");

    private static readonly ManualTime Time = new(PlanningScene.Morning);

    private static readonly CampaignPresets Presets = CampaignPresets.Load(Shipped.ConfigFolder);

    private static readonly CallScriptBook Book = CallScriptBook.Load(Shipped.ConfigFolder);

    private ScriptFinder Scripts => new(Book, database.Db);

    private CreateCampaign Create => new(database.Db, Time, Presets, Shipped.Policies, Scripts, CampaignLines.All);

    private EditCampaign Edit => new(database.Db, Time, Shipped.Policies, Scripts, CampaignLines.All);

    [Fact]
    public void The_shipped_presets_are_what_the_manuals_ask_for()
    {
        var reminder = Presets.Demand("payment-reminder");
        Assert.Equal((Purpose.PaymentReminder, TimeSpan.FromMinutes(30), TimeSpan.FromHours(72)), (reminder.Purpose, reminder.Settings.MinAge, reminder.Settings.MaxAge));
        var delivery = Presets.Demand("delivery-call-back");
        Assert.Equal((Purpose.DeliveryCallBack, TimeSpan.FromDays(1), TimeSpan.FromDays(15)), (delivery.Purpose, delivery.Settings.MinAge, delivery.Settings.MaxAge));
        Assert.All(Presets.All, preset => Assert.Equal((TimeSpan.FromMinutes(5), null), (preset.Settings.HoldFor, preset.Settings.MaxDataAge)));
    }

    [Fact]
    public void Check_config_finds_no_fault_in_them_and_tells_what_is_in_force_under_each_policy()
    {
        var findings = new CampaignsConfigCheck().Check(Shipped.ConfigFolder).ToList();
        Assert.DoesNotContain(findings, finding => finding.Kind == ConfigFindingKind.Error);
        Assert.Contains(findings, finding => finding.Message.Contains("payment-reminder under cn-default", StringComparison.Ordinal));
        Assert.Equal(Presets.All.Count * Shipped.Policies.Presets.Count, findings.Count(finding => finding.Kind == ConfigFindingKind.Fact));
    }

    [Fact]
    public void The_schema_names_the_keys_that_are_read()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shipped.ConfigFolder, "schemas", "campaign.schema.json")));
        Assert.Equal(PresetReader.Keys, schema.RootElement.GetProperty("properties").EnumerateObject().Select(key => key.Name));
    }

    [Theory]
    [InlineData("max_age: 72 h", "max_age: 20 min", "age-order")]
    [InlineData("min_age: 30 min", "min_ago: 30 min", "did you mean 'min_age'?")]
    [InlineData("purpose: PaymentReminder", "purpose: Reminder", "is not a value of 'purpose'")]
    [InlineData("hold_for: 5 min", "hold_for: 5", "it has to be a length of time")]
    [InlineData("call_script: payment-reminder", "call_script: delivery-call-back", "is no call script of PaymentReminder")]
    [InlineData("line: manual", "windows: { mon: [\"12:00-11:00\"] }", "ends before it begins")]
    public void A_preset_that_is_wrong_is_named_with_its_mistake(string line, string wrong, string message)
    {
        var folder = Directory.CreateTempSubdirectory("presets-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Shipped.ConfigFolder, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Shipped.ConfigFolder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
            var preset = Path.Combine(folder.FullName, "campaigns", "payment-reminder.yaml");
            File.WriteAllText(preset, File.ReadAllText(preset).Replace(line, wrong, StringComparison.Ordinal));
            var errors = new CampaignsConfigCheck().Check(folder.FullName).Where(finding => finding.Kind == ConfigFindingKind.Error).ToList();
            Assert.Contains(errors, error => error.File == "campaigns/payment-reminder.yaml" && error.Message.Contains(message, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_campaign_goes_from_draft_over_running_and_paused_to_ended_and_no_other_way()
    {
        var shop = await OpenAsync();
        var campaign = await Create.RunAsync(Scheduler, new(shop, "payment-reminder"), default);
        var input = new CampaignStatusInput(shop, campaign.CampaignId);
        Assert.IsType<CampaignStatusResult.NotPossible>(await new PauseCampaign(database.Db, Time).RunAsync(Scheduler, input, default));
        Assert.True(Assert.IsType<CampaignStatusResult.Now>(await new StartCampaign(database.Db, Time).RunAsync(Scheduler, input, default)).Changed);
        Assert.False(Assert.IsType<CampaignStatusResult.Now>(await new StartCampaign(database.Db, Time).RunAsync(Scheduler, input, default)).Changed);
        Assert.True(Assert.IsType<CampaignStatusResult.Now>(await new PauseCampaign(database.Db, Time).RunAsync(Scheduler, input, default)).Changed);
        Assert.True(Assert.IsType<CampaignStatusResult.Now>(await new EndCampaign(database.Db, Time).RunAsync(Scheduler, input, default)).Changed);
        Assert.IsType<CampaignStatusResult.NotPossible>(await new StartCampaign(database.Db, Time).RunAsync(Scheduler, input, default));
        Assert.Equal(["campaign.created", "campaign.started", "campaign.paused", "campaign.ended"], await ActsAsync(shop));
    }

    [Fact]
    public async Task A_second_campaign_of_a_preset_needs_a_code_of_its_own()
    {
        var shop = await OpenAsync();
        await Create.RunAsync(Scheduler, new(shop, "payment-reminder"), default);
        await AssertRefusedAsync("campaign-exists", () => Create.RunAsync(Scheduler, new(shop, "payment-reminder"), default));
        await AssertRefusedAsync("code-form", () => Create.RunAsync(Scheduler, new(shop, "payment-reminder", "Big Ones"), default));
        await AssertRefusedAsync("preset-unknown", () => Create.RunAsync(Scheduler, new(shop, "remind"), default));
        Assert.Equal("vip", (await Create.RunAsync(Scheduler, new(shop, "payment-reminder", "vip"), default)).Code);
    }

    [Fact]
    public async Task An_edit_is_kept_with_before_and_after_and_one_on_an_older_version_is_told()
    {
        var shop = await OpenAsync();
        var campaign = await Create.RunAsync(Scheduler, new(shop, "payment-reminder"), default);
        var changed = campaign.Settings with { DailyCap = 50, Windows = WindowNarrowing.Parse("""{"mon":["11:00-11:30"]}""") };
        var saved = Assert.IsType<EditCampaignResult.Saved>(await Edit.RunAsync(Scheduler, new(shop, campaign.CampaignId, 1, changed), default)).Campaign;
        Assert.Equal((2, 50), (saved.Version, saved.Settings.DailyCap));
        Assert.IsType<EditCampaignResult.ChangedMeanwhile>(await Edit.RunAsync(Scheduler, new(shop, campaign.CampaignId, 1, campaign.Settings), default));
        Assert.IsType<EditCampaignResult.NotFound>(await Edit.RunAsync(Scheduler, new(shop, Guid.Empty, 1, campaign.Settings), default));
        await using var session = await database.Db.BeginAsync(shop, default);
        var details = await session.QuerySingleAsync<string>("select details::text from audit where shop_id = @shop and action = 'campaign.changed'", new { shop }, default);
        Assert.Contains("\"dailyCap\": {\"after\": \"50\", \"before\": null}", details, StringComparison.Ordinal);
        Assert.DoesNotContain("minAge", details, StringComparison.Ordinal);
        Assert.Equivalent(changed.Windows!.ToJson(), (await CampaignQueries.FindAsync(session, shop, campaign.CampaignId, default))!.Settings.Windows!.ToJson());
    }

    [Fact]
    public async Task Windows_may_only_narrow_and_a_refused_edit_changes_nothing()
    {
        var shop = await OpenAsync();
        var campaign = await Create.RunAsync(Scheduler, new(shop, "payment-reminder"), default);
        var wide = campaign.Settings with { Windows = WindowNarrowing.Parse("""{"sun":["10:00-12:00"]}""") };
        await AssertRefusedAsync("window-widens", () => Edit.RunAsync(Scheduler, new(shop, campaign.CampaignId, 1, wide), default));
        await AssertRefusedAsync("call-script-unknown", () => Edit.RunAsync(Scheduler, new(shop, campaign.CampaignId, 1, campaign.Settings with { CallScript = "delivery-call-back" }), default));
        await AssertRefusedAsync("line-of-practice", () => Edit.RunAsync(Scheduler, new(shop, campaign.CampaignId, 1, campaign.Settings with { Line = "practice" }), default));
        await using var session = await database.Db.BeginAsync(shop, default);
        Assert.Equal(1, (await CampaignQueries.FindAsync(session, shop, campaign.CampaignId, default))!.Version);
    }

    [Fact]
    public async Task A_longer_limit_brings_back_what_had_been_let_go()
    {
        var scene = new PlanningScene(database);
        await scene.OpenAsync();
        await scene.RunAsync("update campaigns set code = 'first', call_script = 'payment-reminder' where shop_id = @Shop", new { scene.Shop });
        await scene.OrderAsync("OLD", ageHours: 80);
        await scene.Planner.RunOnceAsync(scene.Shop, PlanningScene.Morning, default);
        Assert.Empty(await scene.CandidatesAsync());
        Campaign campaign;
        await using (var session = await database.Db.BeginAsync(scene.Shop, default))
            campaign = (await CampaignQueries.FindByCodeAsync(session, scene.Shop, "first", default))!;
        await Edit.RunAsync(Scheduler, new(scene.Shop, campaign.CampaignId, 1, campaign.Settings with { MaxAge = TimeSpan.FromHours(100) }), default);
        await scene.Planner.RunOnceAsync(scene.Shop, PlanningScene.Morning, default);
        Assert.Equal(["OLD"], await scene.QueuedOrdersAsync());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_are_held_to_their_limits(string code, string field, Func<CampaignSettings, CampaignSettings> change)
    {
        var problem = Assert.Single(CampaignPolicy.Validate(change(Presets.Demand("payment-reminder").Settings)));
        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    public static TheoryData<string, string, Func<CampaignSettings, CampaignSettings>> Wrong => new()
    {
        { "name-length", "name", s => s with { Name = " " } },
        { "name-length", "name", s => s with { Name = new string('x', 81) } },
        { "age-negative", "min_age", s => s with { MinAge = TimeSpan.FromTicks(-1) } },
        { "age-order", "max_age", s => s with { MaxAge = s.MinAge } },
        { "age-limit", "max_age", s => s with { MaxAge = TimeSpan.FromDays(90) + TimeSpan.FromTicks(1) } },
        { "amount-negative", "min_amount", s => s with { MinAmount = -0.01m } },
        { "amount-order", "max_amount", s => s with { MinAmount = 2, MaxAmount = 1.99m } },
        { "dates-order", "ends_on", s => s with { StartsOn = new(2026, 3, 2), EndsOn = new(2026, 3, 1) } },
        { "daily-cap", "daily_cap", s => s with { DailyCap = 0 } },
        { "holdout-percent", "holdout_percent", s => s with { HoldoutPercent = 51 } },
        { "data-age", "max_data_age", s => s with { MaxDataAge = TimeSpan.FromSeconds(59) } },
        { "hold-for", "hold_for", s => s with { HoldFor = TimeSpan.FromSeconds(29) } },
        { "hold-for", "hold_for", s => s with { HoldFor = TimeSpan.FromMinutes(31) } },
        { "script-version", "script_version", s => s with { ScriptVersion = 0 } },
        { "line-unknown", "line", s => s with { Line = "skype" } },
    };

    private static async Task AssertRefusedAsync(string code, Func<Task> act) =>
        Assert.Equal(code, Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(act)).Problems).Code);

    private async Task<IReadOnlyList<string>> ActsAsync(ShopId shop)
    {
        await using var session = await database.Db.BeginAsync(shop, default);
        return await session.QueryAsync<string>("select action from audit where shop_id = @shop order by seq", new { shop }, default);
    }

    /// <summary>A shop without campaigns.</summary>
    private async Task<ShopId> OpenAsync()
    {
        var scene = await new PlanningScene(database).OpenAsync();
        await scene.RunAsync("delete from campaigns where shop_id = @Shop", new { scene.Shop });
        return scene.Shop;
    }

    [Fact]
    public async Task A_line_whose_account_is_not_configured_cannot_be_chosen()
    {
        var scene = await OpenAsync();
        var edit = new EditCampaign(database.Db, Time, Shipped.Policies, Scripts, new(["manual", "practice"]));
        var campaign = await Create.RunAsync(Scheduler, new(scene, "payment-reminder"), default);
        var input = new EditCampaignInput(scene, campaign.CampaignId, campaign.Version, campaign.Settings with { Line = "twilio" });

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => edit.RunAsync(Scheduler, input, default));

        Assert.Equal("line-not-available", refused.Problems.Single().Code);
        Assert.IsType<EditCampaignResult.Saved>(await Edit.RunAsync(Scheduler, input, default));
    }
}
