using System.Collections.Frozen;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>A shop of its own with one campaign and whatever follow-ups a test writes down; only the fields that matter are named.</summary>
internal sealed class LogScene(TestDatabase database, string shop)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    public ShopId Shop { get; } = ShopId.Parse(shop);

    public Guid Campaign { get; } = Ids.New(Noon);

    public Guid Agent { get; } = Ids.New(Noon.AddSeconds(1));

    public PersonalDataVault Vault { get; } = new(Keyring.Create());

    public Actor Manager => As(Ids.New(Noon.AddSeconds(2)), Role.Manager);

    public Actor AgentActor => As(Agent, Role.Agent);

    public async Task<LogScene> BeginAsync()
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync("""
            insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
            values (@Shop, '童装店', 'Asia/Shanghai', 'zh-CN', 'CN', 'CNY', 'cn-default', @Noon);
            insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
            values (@Shop, @Campaign, 'payment-reminder', '催付', 'PaymentReminder', 'Running', '30 min', '72 h', 'Value', '5 min', 'payment-reminder', 'manual', @Noon, @Noon)
            """, new { Shop = Shop.Value, Campaign, Noon }, default);
        await session.CommitAsync();
        return this;
    }

    public async Task<Guid> FollowUpAsync(
        DateTimeOffset? at = null, string outcome = "WillPay", Guid? agent = null, string note = "", string phone = "+8613800138000",
        string products = "儿童套装", string name = "王*", string[]? reasons = null, string orderNo = "3193067985817064701",
        string[]? wording = null)
    {
        await using var session = await database.Db.BeginAsync(Shop, default);
        var id = Ids.New(at ?? Noon);
        var key = Vault.PhoneKey(Shop, new PhoneNumber(phone));
        await session.ExecuteAsync("""
            insert into follow_ups (shop_id, at, attempt_id, revision, campaign_id, purpose, agent_id, agent_name, order_nos, buyer_id, buyer_name, phone_hash,
                phone_last4, products, amount, currency, outcome, reached, reason_codes, note, talk_seconds, recorded_at, wording)
            values (@shop, @at, @id, 1, @campaign, 'PaymentReminder', @agent, '小李', array[@orderNo], 't_4701', @name, @key,
                '8000', @products, 59.80, 'CNY', @outcome, true, @reasons, @note, 75, @at, @wording)
            """, new
        {
            shop = Shop.Value,
            at = at ?? Noon,
            id,
            campaign = Campaign,
            agent = agent ?? Agent,
            orderNo,
            name,
            key,
            products,
            outcome,
            reasons = reasons ?? [],
            note,
            wording = wording ?? [],
        }, default);
        await session.CommitAsync();
        return id;
    }

    private Actor As(Guid user, Role role) => new(
        user, role.ToString(), new Dictionary<ShopId, FrozenSet<Permission>> { [Shop] = Permissions.Of(role) }.ToFrozenDictionary(), []);
}
