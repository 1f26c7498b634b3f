using System.Collections.Frozen;
using System.Security.Cryptography;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Compensation;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Database.PersonalData;
using Callback.FollowUps;
using Callback.Planning;
using Callback.Telephony;
using Callback.Tests.Support;
using Callback.Tests.Windows;
using Callback.Windows;
using Callback.Wording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Callback.Tests.Calls;

/// <summary>
/// A shop at work: campaigns on, orders in, agents at their desks, all by the product's own use cases. Time runs from where the scene sets it.
/// Several nodes of one scene share the database and nothing else.
/// </summary>
internal sealed class DeskScene : IAsyncDisposable
{
    /// <summary>A Monday, 11:05 in Shanghai.</summary>
    public static readonly DateTimeOffset MondayLateMorning = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private static readonly CallScriptBook Scripts = CallScriptBook.Load(Shipped.ConfigFolder);

    private readonly TestDatabase database;
    private readonly Keyring keys;
    private readonly ServiceProvider services;
    private int orders;

    private DeskScene(TestDatabase database, ShopId shop, Keyring keys, SceneTime time, Action<IServiceCollection>? replace)
    {
        this.database = database;
        this.keys = keys;
        Shop = shop;
        Time = time;
        Vault = new(keys);
        services = Compose(replace);
    }

    public ShopId Shop { get; }

    public SceneTime Time { get; }

    public PersonalDataVault Vault { get; }

    public Keyring Keys => keys;

    public Guid Campaign { get; private set; }

    public Db Db => database.Db;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <param name="database">The class's database; every scene has a shop of its own in it.</param>
    /// <param name="policy">cn-default for windows; none is open day and night.</param>
    /// <param name="line">manual or practice.</param>
    /// <param name="practice">A shop of simulated customers.</param>
    /// <param name="at">What time it is; null: <see cref="MondayLateMorning"/>. One time for the whole database.</param>
    /// <param name="replace">Replaces services, for example a line.</param>
    public static async Task<DeskScene> OpenAsync(
        TestDatabase database, string policy = "none", string line = "manual", bool practice = false, DateTimeOffset? at = null,
        Action<IServiceCollection>? replace = null)
    {
        var shop = ShopId.Parse($"s-{RandomNumberGenerator.GetHexString(10, lowercase: true)}");
        var scene = new DeskScene(database, shop, Keyring.Create(), new(), replace);
        await scene.MoveToAsync(at ?? MondayLateMorning);
        await using var session = await scene.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            insert into shops (shop_id, name, zone, language, country, currency, policy, practice, created_at)
            values (@shop, '林间小铺', 'Asia/Shanghai', 'zh-CN', 'CN', 'CNY', @policy, @practice, @now)
            """,
            new { shop, policy, practice, now = scene.Now },
            default);
        await session.CommitAsync();
        scene.Campaign = await scene.CampaignAsync(line: line);
        return scene;
    }

    /// <summary>Another node on the same database and shop.</summary>
    public DeskScene Node(Action<IServiceCollection>? replace = null) => new(database, Shop, keys, new() { Offset = Time.Offset }, replace) { Campaign = Campaign };

    /// <summary>A node whose connections go another way, for example through a faulty network.</summary>
    public DeskScene Node(Db db, Action<IServiceCollection>? replace = null) => Node(inner =>
    {
        inner.AddSingleton(db);
        replace?.Invoke(inner);
    });

    /// <summary>The same shop with its keys, on another database that holds a copy of it.</summary>
    public DeskScene On(TestDatabase copy, Action<IServiceCollection>? replace = null) => new(copy, Shop, keys, new() { Offset = Time.Offset }, replace) { Campaign = Campaign };

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task MoveToAsync(DateTimeOffset instant)
    {
        Time.Offset = instant - TimeProvider.System.GetUtcNow();
        await SqlAsync("update installation set clock_offset = @offset, clock_mark = null", new { offset = Time.Offset });
    }

    public Task PassTimeAsync(TimeSpan by) => MoveToAsync(Now + by);

    public async Task<Guid> CampaignAsync(
        Purpose purpose = Purpose.PaymentReminder, string line = "manual", int? dailyCap = null, TimeSpan? holdFor = null, TimeSpan? maxDataAge = null,
        params Guid[] agents)
    {
        var id = Ids.New(Now);
        await SqlAsync(
            """
            insert into campaigns
                (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, daily_cap, order_by, max_data_age, hold_for, call_script, line, created_at, updated_at)
            values
                (@shop, @id, @code, '催付', @purpose, 'Running', '30 min', '30 days', @dailyCap, 'Value', @maxDataAge, @holdFor, @script, @line, @now, @now)
            """,
            new
            {
                shop = Shop,
                id,
                code = $"c-{id:N}",
                purpose = purpose.ToString(),
                dailyCap,
                maxDataAge,
                holdFor = holdFor ?? TimeSpan.FromMinutes(5),
                script = Scripts.NamesFor(purpose)[0],
                line,
                now = Now,
            });
        foreach (var agent in agents)
            await SqlAsync("insert into campaign_agents values (@shop, @id, @agent)", new { shop = Shop, id, agent });
        return id;
    }

    public async Task<Actor> AgentAsync(string name = "agent", Role role = Role.Agent)
    {
        var id = Ids.New(Now);
        await SqlAsync(
            "insert into users (user_id, name, display_name, security_stamp, created_at) values (@id, @login, @name, 'x', @now)",
            new { id, login = $"{name}-{id:N}", name, now = Now });
        return new(id, name, new Dictionary<ShopId, FrozenSet<Permission>> { [Shop] = Permissions.Of(role) }.ToFrozenDictionary(), []);
    }

    /// <summary>An unpaid order of two hours ago with a number of its own, as an import would leave it.</summary>
    public async Task<string> OrderAsync(string? phone = null, string? buyer = null, string status = "Unpaid", string source = "Api", decimal amount = 88m, string zone = "Asia/Shanghai", string? extension = null)
    {
        var number = Interlocked.Increment(ref orders);
        var no = $"T{number:00000}";
        var parsed = new PhoneNumber(phone ?? $"+86139{number:00000000}", extension);
        await SqlAsync(
            """
            insert into orders
                (shop_id, order_no, status, buyer_id, buyer_key, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, zone, country,
                amount, currency, items, item_count, ordered_at, delivered_at, as_of, source, content_hash, created_at, updated_at)
            values
                (@shop, @no, @status, @buyer, @buyerKey, '王小姐', 'Mobile', @cipher, @hash, @last4, 'CN', @zone, 'CN',
                @amount, 'CNY', '[{"title":"儿童套装","quantity":1}]', 1, @ordered, case when @status = 'Delivered' then @delivered end, @now, @source, ''::bytea, @now, @now);
            insert into candidates (shop_id, purpose, order_no, due_at)
            select @shop, case when @status = 'Delivered' then 'DeliveryCallBack' else 'PaymentReminder' end, @no, @ordered
            where @status in ('Unpaid', 'Delivered')
            """,
            new
            {
                shop = Shop,
                no,
                status,
                buyer = buyer ?? $"buyer{number}",
                buyerKey = Vault.BuyerKey(Shop, buyer ?? $"buyer{number}"),
                cipher = Vault.Encrypt(DataPlace.OrderPhone(Shop, no), parsed.Canonical),
                hash = Vault.PhoneKey(Shop, parsed),
                last4 = parsed.Last4,
                zone,
                amount,
                source,
                ordered = Now.AddHours(-2),
                delivered = Now.AddDays(-2),
                now = Now,
            });
        return no;
    }

    public Task PlanAsync() => Get<Planner>().RunOnceAsync(Shop, Now, default);

    public Task<HoldResult> HoldAsync(Actor agent) => Get<HoldNextCall>().RunAsync(agent, new(), default);

    /// <summary>Holds the next call, which there has to be.</summary>
    public async Task<Guid> TakeAsync(Actor agent) => Assert.IsType<HoldResult.Held>(await HoldAsync(agent)).HoldId;

    public Task<DialResult> DialAsync(Actor agent, Guid hold) => Get<DialCall>().RunAsync(agent, new(hold, Ticked), default);

    /// <summary>Takes the next card and dials it.</summary>
    public async Task<DialResult.Dialing> CallAsync(Actor agent) => Assert.IsType<DialResult.Dialing>(await DialAsync(agent, await TakeAsync(agent)));

    public Task<CallStanding> MarkAsync(Actor agent, Guid attempt, CallState state) => Get<MarkCallState>().RunAsync(agent, new(attempt, state), default);

    public Task<RecordedResult> RecordAsync(Actor agent, Guid attempt, CallDraft draft, Guid? submission = null) =>
        Get<RecordResult>().RunAsync(agent, new(attempt, submission ?? Ids.New(Now), draft), default);

    /// <summary>All required items of every checklist, ticked.</summary>
    public static CallDraft Ticked { get; } = CallDraft.Empty with
    {
        Ticks = [.. Enum.GetValues<Purpose>().SelectMany(purpose => Scripts.ChecklistOf(purpose).Items).Where(item => item.Auto is null).Select(item => item.Id).Distinct()],
    };

    public static CallDraft Outcome(string outcome, string note = "", string[]? reasons = null) =>
        Ticked with { Outcome = outcome, Note = note, Reasons = reasons, Tasks = [] };

    public async Task<T> OneAsync<T>(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<T>(sql, args, default);
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, default);
        return await session.QueryAsync<T>(sql, args, default);
    }

    public async Task SqlAsync(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }

    public Task<string> StateAsync(Guid attempt) => OneAsync<string>("select state from attempts where attempt_id = @attempt", new { attempt });

    public Task<int> AttemptsAsync(string orderNo) => OneAsync<int>(
        "select count(*)::integer from attempt_rights where shop_id = @Shop and order_no = @orderNo", new { Shop, orderNo });

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private ServiceProvider Compose(Action<IServiceCollection>? replace)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(new Surroundings(Shipped.ConfigFolder, Path.GetTempPath(), Production: false, Demo: false));
        collection.AddSingleton(database.Db);
        collection.AddSingleton(database.Source);
        collection.AddSingleton(keys);
        collection.AddSingleton<PersonalDataVault>();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton(new EpochWatch(null));
        collection.AddSingleton(typeof(ILogger<>), typeof(Microsoft.Extensions.Logging.Abstractions.NullLogger<>));
        collection.AddWindows();
        collection.AddSingleton(Shipped.Policies);
        collection.AddSingleton(Shipped.Zones);
        collection.AddWording().AddCallScripts();
        collection.AddSingleton(Scripts);
        collection.AddPlanning();
        collection.AddTelephony();
        collection.AddCalls();
        collection.AddCompensation();
        collection.AddFollowUps();
        replace?.Invoke(collection);
        return collection.BuildServiceProvider();
    }
}
