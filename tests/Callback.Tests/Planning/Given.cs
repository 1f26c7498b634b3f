using Callback.Campaigns;
using Callback.Planning;
using Callback.Tests.Windows;
using Callback.Windows;

namespace Callback.Tests.Planning;

/// <summary>Facts of an order with nothing against it; a test changes what it is about.</summary>
internal static class Given
{
    public static CallFacts Facts(DateTimeOffset now) => new()
    {
        Campaign = new(
            new(
                new("shop"), new Guid(7, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]), "payment-reminder", Purpose.PaymentReminder, CampaignStatus.Running,
                new() { Name = "Reminder", MinAge = TimeSpan.FromMinutes(30), MaxAge = TimeSpan.FromHours(72), CallScript = "payment-reminder" },
                1, now.AddDays(-1), now.AddDays(-1)),
            Shipped.Policies.Effective("cn-default"),
            "Asia/Shanghai",
            null,
            null,
            ShopDayPolicy.Of(now, "Asia/Shanghai").StartsAt,
            ShopDayPolicy.Of(now, "Asia/Shanghai").EndsAt,
            0),
        OrderNo = OrderNo.Parse("A1"),
        Status = OrderStatus.Unpaid,
        Amount = new(150, "CNY"),
        AgeFrom = now.AddHours(-5),
        PhoneKind = "Mobile",
        PhoneKey = PlanningScene.Key("1"),
        BuyerKey = PlanningScene.Key("b1"),
        Zone = new ZoneKey("Asia/Shanghai"),
        AsOf = now.AddHours(-1),
        ReadAt = now,
    };

    public static CallFacts WithCampaign(this CallFacts facts, Func<Campaign, Campaign> change) =>
        facts with { Campaign = facts.Campaign with { Campaign = change(facts.Campaign.Campaign) } };

    public static CallFacts WithSettings(this CallFacts facts, Func<CampaignSettings, CampaignSettings> change) =>
        facts.WithCampaign(campaign => campaign with { Settings = change(campaign.Settings) });

    public static CallFacts WithPolicy(this CallFacts facts, Func<EffectivePolicy, EffectivePolicy> change) =>
        facts with { Campaign = facts.Campaign with { Policy = change(facts.Campaign.Policy) } };
}
