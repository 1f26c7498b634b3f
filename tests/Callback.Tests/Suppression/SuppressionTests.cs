using System.Text;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders;
using Callback.Suppression;
using Callback.Tests.Planning;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Suppression;

public sealed class SuppressionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Actor Scheduler = Actor.System("test");

    private static readonly ManualTime Time = new(PlanningScene.Morning);

    private static readonly PersonalDataVault Vault = new(Keyring.Create());

    private static readonly TargetReader Targets = new((text, country) => PhoneParser.Parse(text, country).Number);

    private static readonly SuppressionTarget Number = new SuppressionTarget.Written(SuppressionScope.Phone, "13800138000");

    private AddSuppression Add => new(database.Db, Time, Vault, Targets);

    private ListSuppressions List => new(database.Db, Time, Vault, Targets);

    [Theory]
    [InlineData("13800138000")]
    [InlineData("+86 138 0013 8000")]
    [InlineData("0086-13800138000")]
    public async Task A_number_is_found_however_it_is_written_and_a_part_of_it_is_not(string written)
    {
        var shop = await OpenAsync();
        Assert.True(await Add.RunAsync(Scheduler, new(shop, Number, null, "asked", SuppressionSource.Customer), default));
        Assert.Single((await FindAsync(shop, written)).Entries);
        Assert.Empty((await FindAsync(shop, "13800138001")).Entries);
        await Assert.ThrowsAsync<InvalidInputException>(() => FindAsync(shop, "0013 8000"));
    }

    [Fact]
    public async Task The_same_once_more_adds_nothing_and_a_stronger_one_does()
    {
        var shop = await OpenAsync();
        var week = new AddSuppressionInput(shop, Number, Purpose.PaymentReminder, "asked", SuppressionSource.Customer, Time.GetUtcNow().AddDays(7));
        Assert.True(await Add.RunAsync(Scheduler, week, default));
        Assert.False(await Add.RunAsync(Scheduler, week, default));
        Assert.False(await Add.RunAsync(Scheduler, week with { ExpiresAt = Time.GetUtcNow().AddDays(6) }, default));
        Assert.True(await Add.RunAsync(Scheduler, week with { ExpiresAt = null }, default));
        Assert.True(await Add.RunAsync(Scheduler, week with { Purpose = null, ExpiresAt = null, DoNotCall = true }, default));
        Assert.False(await Add.RunAsync(Scheduler, week with { Purpose = null, ExpiresAt = null, DoNotCall = true }, default));
    }

    [Fact]
    public async Task Do_not_call_is_lifted_neither_by_the_use_case_nor_by_hand()
    {
        var shop = await OpenAsync();
        await Add.RunAsync(Scheduler, new(shop, Number, null, "never", SuppressionSource.Customer, DoNotCall: true), default);
        var entry = Assert.Single((await FindAsync(shop, "13800138000")).Entries);
        var lift = new LiftSuppression(database.Db, Time);
        Assert.Equal(LiftSuppressionResult.DoNotCallStays, await lift.RunAsync(Scheduler, new(shop, entry.SuppressionId), default));
        await using var session = await database.Db.BeginAsync(shop, default);
        await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("update suppressions set lifted_at = now() where shop_id = @shop", new { shop }, default));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task Do_not_call_takes_neither_end_nor_purpose_nor_order(bool ends, bool purpose, bool order)
    {
        var shop = await OpenAsync();
        var input = new AddSuppressionInput(
            shop,
            order ? new SuppressionTarget.Written(SuppressionScope.Order, "A1") : Number,
            purpose ? Purpose.PaymentReminder : null,
            "never",
            SuppressionSource.Customer,
            ends ? Time.GetUtcNow().AddDays(1) : null,
            DoNotCall: true);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => Add.RunAsync(Scheduler, input, default));
        Assert.Equal("do-not-call-limited", Assert.Single(refused.Problems).Code);
        Assert.Empty((await List.RunAsync(Scheduler, new(shop, Ended: true), default)).Entries);
    }

    [Fact]
    public async Task A_lifted_one_lets_its_orders_be_looked_at_again()
    {
        var scene = await new PlanningScene(database).OpenAsync();
        await scene.OrderAsync("A");
        await scene.SuppressAsync(phone: "1");
        await scene.Planner.RunOnceAsync(scene.Shop, PlanningScene.Morning, default);
        Assert.Empty(await scene.QueueAsync());
        var entry = Assert.Single((await List.RunAsync(Scheduler, new(scene.Shop), default)).Entries);
        var lift = new LiftSuppression(database.Db, Time);
        Assert.Equal(LiftSuppressionResult.Lifted, await lift.RunAsync(Scheduler, new(scene.Shop, entry.SuppressionId), default));
        Assert.Equal(LiftSuppressionResult.NotFound, await lift.RunAsync(Scheduler, new(scene.Shop, entry.SuppressionId), default));
        await scene.Planner.RunOnceAsync(scene.Shop, PlanningScene.Morning, default);
        Assert.Equal(["A"], await scene.QueuedOrdersAsync());
    }

    [Fact]
    public async Task It_waits_for_a_gate_that_has_the_person_and_comes_after_it()
    {
        var shop = await OpenAsync();
        var key = Vault.PhoneKey(shop, new("+8613800138000"));
        Task<bool> adding;
        await using (var gate = await database.Db.BeginAsync(shop, default))
        {
            await PersonLocks.TakeAsync(gate, [key], default);
            adding = Add.RunAsync(Scheduler, new(shop, Number, null, "asked", SuppressionSource.Customer), default);
            await WaitingAsync(gate);
            Assert.False(adding.IsCompleted);
            Assert.Equal(0, await gate.QuerySingleAsync<long>("select count(*) from suppressions where shop_id = @shop", new { shop }, default));
            await gate.CommitAsync();
        }
        Assert.True(await adding);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 7; i++)
            await Add.RunAsync(Scheduler, new(shop, new SuppressionTarget.Written(SuppressionScope.Buyer, $"b{i}"), null, "asked", SuppressionSource.Customer), default);
        var seen = new List<string>();
        for (SuppressionCursor? after = null; ;)
        {
            var page = await List.RunAsync(Scheduler, new(shop, After: after, Take: 3), default);
            seen.AddRange(page.Entries.Select(entry => entry.Label));
            if ((after = page.Next) is null)
                break;
        }
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"b{i}"), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_with_wrong_rows_adds_the_right_ones_and_tells_the_lines()
    {
        var shop = await OpenAsync();
        const string csv = """
            phone,buyer,order,purpose,expires,do_not_call
            13800138000,,,,,yes
            ,bob,,PaymentReminder,2027-01-01,
            ,,A1,,,
            138,,,,,
            13900139000,bob,,,,
            ,bob,,Sales,,
            ,,A2,,,yes
            ,bob,,,2020-01-01,
            """;
        var import = new ImportSuppressions(database.Db, Time, Vault, Targets);
        var told = await import.RunAsync(Scheduler, new(shop, "list of March", DoNotCall: false), Csv(csv), default);
        Assert.Equal((8, 3, 0), (told.Read, told.Added, told.Unchanged));
        Assert.Equal(
            [(5, "phone-incomplete"), (6, "one-of-four"), (7, "purpose-unknown"), (8, "do-not-call-limited"), (9, "expiry-past")],
            told.Rejected.Select(row => (row.Line, row.Reason)));
        var again = await import.RunAsync(Scheduler, new(shop, "list of March", DoNotCall: false), Csv(csv), default);
        Assert.Equal((0, 3), (again.Added, again.Unchanged));
    }

    [Fact]
    public async Task A_file_without_a_column_for_anybody_is_refused_whole()
    {
        var shop = await OpenAsync();
        var import = new ImportSuppressions(database.Db, Time, Vault, Targets);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => import.RunAsync(Scheduler, new(shop, "x", false), Csv("name,reason\nA,b\n"), default));
        Assert.Equal("list-header", Assert.Single(refused.Problems).Code);
    }

    [Fact]
    public async Task What_is_done_stands_in_the_audit_without_a_number()
    {
        var shop = await OpenAsync();
        await Add.RunAsync(Scheduler, new(shop, Number, null, "asked", SuppressionSource.Customer), default);
        using var file = new MemoryStream();
        await new ExportSuppressions(database.Db, Time).RunAsync(Scheduler, shop, file, default);
        await using var session = await database.Db.BeginAsync(shop, default);
        var acts = await session.QueryAsync<(string Action, string All)>("select action, audit::text from audit where shop_id = @shop order by seq", new { shop }, default);
        Assert.Equal(["suppression.added", "suppressions.exported"], acts.Select(act => act.Action));
        Assert.DoesNotContain(acts, act => act.All.Contains("13800138000", StringComparison.Ordinal));
        Assert.DoesNotContain("13800138000", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
    }

    private Task<SuppressionPage> FindAsync(ShopId shop, string written) =>
        List.RunAsync(Scheduler, new(shop, new SuppressionTarget.Written(SuppressionScope.Phone, written)), default);

    private async Task<ShopId> OpenAsync() => (await new PlanningScene(database).OpenAsync()).Shop;

    private static MemoryStream Csv(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Until somebody stands in the queue of an advisory lock of this database.</summary>
    private static async Task WaitingAsync(Session session)
    {
        while (!await session.QuerySingleAsync<bool>(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))", null, default))
            await Task.Yield();
    }
}
