using System.Security.Cryptography;
using System.Text;
using Callback.Database;
using Callback.Planning;
using Callback.Tests.Support;
using Callback.Tests.Windows;

namespace Callback.Tests.Planning;

/// <summary>A shop with campaigns, orders and what happened to them, written as rows; only what matters to a test is named.</summary>
internal sealed class PlanningScene(TestDatabase database)
{
    /// <summary>Monday, 11:20 in Shanghai: inside the morning window of cn-default.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 16, 3, 20, 0, TimeSpan.Zero);

    public static readonly Guid Agent = Ids.New(Morning);

    public ShopId Shop { get; } = new($"s{RandomNumberGenerator.GetHexString(10, lowercase: true)}");

    public Guid Reminder { get; private set; }

    public CampaignFactsReader CampaignFacts { get; } = new(Shipped.Policies);

    public FactsReader Facts { get; } = new(Shipped.Zones);

    public Planner Planner => new(database.Db, CampaignFacts, Facts);

    public async Task<PlanningScene> OpenAsync(string zone = "Asia/Shanghai", string policy = "cn-default")
    {
        await RunAsync(
            "insert into shops (shop_id, name, zone, language, country, currency, policy, created_at) values (@Shop, 'A shop', @zone, 'zh-CN', 'CN', 'CNY', @policy, @Morning)",
            new { Shop, zone, policy, Morning });
        Reminder = await CampaignAsync();
        return this;
    }

    public async Task<Guid> CampaignAsync(
        Purpose purpose = Purpose.PaymentReminder, string status = "Running", double minHours = 0.5, double maxHours = 72, decimal? minAmount = null, decimal? maxAmount = null,
        int holdout = 0, int? dailyCap = null, string orderBy = "Value", DateTimeOffset? createdAt = null)
    {
        var id = Ids.New(Morning);
        await RunAsync(
            """
            insert into campaigns (
                shop_id, campaign_id, code, name, purpose, status, min_age, max_age, min_amount, max_amount, daily_cap, order_by, holdout_percent, hold_for,
                call_script, line, created_at, updated_at)
            values (
                @Shop, @id, @code, 'A campaign', @purpose, @status, @min, @max, @minAmount, @maxAmount, @dailyCap, @orderBy, @holdout, interval '5 minutes',
                'payment-reminder', 'manual', @createdAt, @createdAt)
            """,
            new
            {
                Shop,
                id,
                code = $"c{id:N}",
                purpose = purpose.ToString(),
                status,
                min = TimeSpan.FromHours(minHours),
                max = TimeSpan.FromHours(maxHours),
                minAmount,
                maxAmount,
                dailyCap,
                orderBy,
                holdout,
                createdAt = createdAt ?? Morning,
            });
        return id;
    }

    /// <param name="phone">Any text: the same text is the same number; null: none came with the order.</param>
    public async Task OrderAsync(
        string no, string? phone = "1", string? buyer = null, double ageHours = 5, decimal amount = 100, OrderStatus status = OrderStatus.Unpaid, string? zone = null,
        double dataHours = 1, string source = "File", string? kind = null, DateTimeOffset? now = null, double? refundHours = null, double? closedHours = null)
    {
        var at = (now ?? Morning).AddHours(-ageHours);
        await RunAsync(
            """
            insert into orders (
                shop_id, order_no, status, buyer_id, buyer_key, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, zone, amount, currency,
                ordered_at, paid_at, delivered_at, refund_requested_at, complaint_closed_at, as_of, source, content_hash, created_at, updated_at)
            values (
                @Shop, @no, @status, @buyer, @buyerKey, @kind, @phoneKey, @phoneKey, '1234', 'CN', @zone, @amount, 'CNY',
                @at, case when @status <> 'Unpaid' then @at end, case when @status = 'Delivered' then @at end, @refundAt, @closedAt, @asOf, @source, '\x00', @at, @at)
            """,
            new
            {
                Shop,
                no,
                status = status.ToString(),
                buyer,
                buyerKey = buyer is null ? null : Key("b" + buyer),
                kind = kind ?? (phone is null ? "Missing" : "Mobile"),
                phoneKey = phone is null ? null : Key(phone),
                zone,
                amount,
                at,
                refundAt = refundHours is { } hours ? (now ?? Morning).AddHours(-hours) : (DateTimeOffset?)null,
                closedAt = closedHours is { } closed ? (now ?? Morning).AddHours(-closed) : (DateTimeOffset?)null,
                asOf = (now ?? Morning).AddHours(-dataHours),
                source,
            });
        await OfferAsync(no, at);
    }

    /// <summary>As an import does for an order that is new or changed.</summary>
    public Task OfferAsync(string no, DateTimeOffset due) => RunAsync(
        """
        insert into candidates (shop_id, purpose, order_no, due_at)
        select @Shop, case status when 'Unpaid' then 'PaymentReminder' else 'DeliveryCallBack' end, order_no, @due
        from orders
        where shop_id = @Shop and order_no = @no and status in ('Unpaid', 'Delivered')
        union all
        select @Shop, 'RefundOrDispute', order_no, refund_requested_at
        from orders
        where shop_id = @Shop and order_no = @no and refund_requested_at is not null and status in ('Paid', 'Shipped', 'Delivered')
        on conflict (shop_id, purpose, order_no) do update set due_at = excluded.due_at, blocked_reason = null
        """,
        new { Shop, no, due });

    public Task SuppressAsync(string? phone = null, string? order = null, string? purpose = null, DateTimeOffset? expiresAt = null, bool doNotCall = false) => RunAsync(
        """
        insert into suppressions (shop_id, suppression_id, scope, person_key, order_no, label, purpose, reason, source, do_not_call, actor_name, created_at, expires_at)
        values (@Shop, @id, case when @order is null then 'Phone' else 'Order' end, @key, @order, 'x', @purpose, 'asked', 'Customer', @doNotCall, 'test', timestamptz '2026-03-01', @expiresAt)
        """,
        new { Shop, id = Ids.New(Morning), key = phone is null ? null : Key(phone), order, purpose, doNotCall, expiresAt, Morning });

    /// <summary>A call that was made about an order, over and done with unless said otherwise.</summary>
    public async Task<Guid> CallAsync(string? order, string phone = "1", double hoursAgo = 48, string state = "Ended", bool talked = false, Guid? campaign = null, string purpose = "PaymentReminder",
        DateTimeOffset? now = null)
    {
        var id = Ids.New(Morning);
        var at = (now ?? Morning).AddHours(-hoursAgo);
        await RunAsync(
            """
            insert into attempts (
                shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at,
                window_closes_at, gate_facts, call_script, script_version, state)
            values (
                @Shop, @id, @campaign, @purpose, 'First', @Agent, @id, 1, 'manual', @key, @key, '1234', 'Asia/Shanghai', @at, @at, '{}', 'payment-reminder', 1, 'Dialing');
            update attempts
            set state = @state, settled_at = @at, ended_at = case when @state = 'Ended' then @at::timestamptz end, answered_at = case when @talked then @at::timestamptz end
            where shop_id = @Shop and attempt_id = @id and @state <> 'Dialing';
            insert into attempt_persons (shop_id, person_key, gated_at, attempt_id) values (@Shop, @key, @at, @id);
            insert into attempt_rights (shop_id, purpose, order_no, grant_no, attempt_id) select @Shop, @purpose, @order, 0, @id where @order is not null
            """,
            new { Shop, id, campaign = campaign ?? Reminder, purpose, Agent, key = Key(phone), at, state, talked, order });
        return id;
    }

    public Task GrantAsync(string order, Guid parent, string kind, DateTimeOffset notBefore, DateTimeOffset expiresAt, bool approved = true) => RunAsync(
        """
        insert into call_grants (
            shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, promised_local, promised_zone, evidence, created_by, created_at,
            approved_by, approved_at)
        values (
            @Shop, 'PaymentReminder', @order, 1, @kind, @parent, @notBefore, @expiresAt,
            case when @kind = 'Promised' then timestamp '2026-03-16 12:00' end, case when @kind = 'Promised' then 'Asia/Shanghai' end, '{}', @Agent, @notBefore,
            case when @kind = 'Released' and @approved then @approver::uuid end, case when @kind = 'Released' and @approved then @Morning::timestamptz end)
        """,
        new { Shop, order, kind, parent, notBefore, expiresAt, approved, Agent, approver = Ids.New(Morning), Morning });

    public Task HoldAsync(Guid queuedCall, DateTimeOffset until) => RunAsync(
        "update queued_calls set hold_id = @id, held_by = @Agent, held_at = @Morning, held_until = @until, fence = fence + 1 where shop_id = @Shop and queued_call_id = @queuedCall",
        new { Shop, id = Ids.New(Morning), Agent, Morning, until, queuedCall });

    public async Task<IReadOnlyList<QueuedRow>> QueueAsync()
    {
        await using var session = await database.Db.BeginAsync(Shop, default);
        return await session.QueryAsync<QueuedRow>(
            """
            select q.queued_call_id, q.campaign_id, q.purpose, q.kind, q.priority, q.due_at, q.fresh_until, q.fence, q.hold_id is not null as held,
                string_agg(l.order_no, ' ' order by l.order_no) as orders
            from queued_calls q
            join queued_call_orders l on l.shop_id = q.shop_id and l.queued_call_id = q.queued_call_id
            where q.shop_id = @Shop
            group by q.shop_id, q.queued_call_id
            order by q.priority desc, q.due_at, q.queued_call_id
            """,
            new { Shop },
            default);
    }

    /// <summary>Orders in the queue, one text for each call.</summary>
    public async Task<IReadOnlyList<string>> QueuedOrdersAsync() => [.. (await QueueAsync()).Select(call => call.Orders).Order(StringComparer.Ordinal)];

    public Task<IReadOnlyList<CandidateRow>> CandidatesAsync() => ReadAsync<CandidateRow>(
        "select order_no, due_at, blocked_reason from candidates where shop_id = @Shop order by order_no, purpose", new { Shop });

    public Task<IReadOnlyList<ExitRow>> ExitsAsync() => ReadAsync<ExitRow>(
        "select reason, array_to_string(order_nos, ' ') as orders from queue_exits where shop_id = @Shop order by orders", new { Shop });

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object args)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QueryAsync<T>(sql, args, default);
    }

    public async Task RunAsync(string sql, object args)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }

    public static byte[] Key(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

internal sealed record QueuedRow(
    Guid QueuedCallId, Guid CampaignId, Purpose Purpose, CallKind Kind, double Priority, DateTimeOffset DueAt, DateTimeOffset FreshUntil, long Fence, bool Held, string Orders);

internal sealed record CandidateRow(string OrderNo, DateTimeOffset DueAt, BlockReason? BlockedReason);

internal sealed record ExitRow(string Reason, string Orders);
