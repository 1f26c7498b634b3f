using System.CommandLine;
using Callback.Accounts;
using Callback.Windows;

namespace Callback.Web.Verbs;

/// <summary><c>callback shop add CODE</c> and <c>callback shop list</c>.</summary>
internal static class ShopVerb
{
    private static readonly (string ZonePrefix, string Country, string Currency)[] Guesses =
        [("Asia/Shanghai", "CN", "CNY"), ("Asia/Urumqi", "CN", "CNY"), ("Asia/Hong_Kong", "HK", "HKD"), ("Europe/London", "GB", "GBP"), ("America/New_York", "US", "USD")];

    public static Command Create() => new("shop", "Add and list shops.") { Add(), List() };

    private static Command Add()
    {
        var code = new Argument<string>("CODE") { Description = "1-32 of a-z, 0-9 and '-'; cannot be changed later." };
        var name = new Option<string?>("--name") { Description = "As staff and customers call it (default: the code)." };
        var zone = new Option<string>("--zone") { Description = "IANA time zone.", DefaultValueFactory = _ => "Asia/Shanghai" };
        var policy = new Option<string>("--policy") { Description = "A preset of config/policies.", DefaultValueFactory = _ => "cn-default" };
        var language = new Option<string>("--language") { Description = "Of the call scripts: zh-CN or en.", DefaultValueFactory = _ => "zh-CN" };
        var country = new Option<string?>("--country") { Description = "ISO 3166 code (default: by the zone)." };
        var currency = new Option<string?>("--currency") { Description = "ISO 4217 code (default: by the zone)." };
        var practice = new Option<bool>("--practice") { Description = "A shop of simulated customers; nobody is called." };
        return new Command("add", "Add a shop.") { code, name, zone, policy, language, country, currency, practice }.Runs(async (verb, ct) =>
        {
            var arguments = verb.Arguments;
            var guess = Guesses.FirstOrDefault(guess => guess.ZonePrefix == arguments.GetRequiredValue(zone));
            var shop = new Shop
            {
                ShopId = ShopId.Parse(arguments.GetRequiredValue(code)),
                Name = arguments.GetValue(name) ?? arguments.GetRequiredValue(code),
                Zone = arguments.GetRequiredValue(zone),
                Policy = arguments.GetRequiredValue(policy),
                Language = arguments.GetRequiredValue(language),
                Country = arguments.GetValue(country) ?? guess.Country ?? throw new FormatException("Name the shop's --country: it does not follow from its zone."),
                Currency = arguments.GetValue(currency) ?? guess.Currency ?? throw new FormatException("Name the shop's --currency: it does not follow from its zone."),
                Practice = arguments.GetValue(practice),
            };
            verb.Service<PolicyBook>().DemandUsable(shop.Policy, shop.Practice);
            await verb.Service<SaveShop>().AddAsync(verb.Actor, shop, ct);
            verb.Answer(new { shop = shop.ShopId.Value, shop.Name, shop.Zone, shop.Policy, shop.Language, shop.Country, shop.Currency }, $"Added the shop {shop.ShopId}.");
            return VerbContext.Done;
        });
    }

    private static Command List() => new Command("list", "List the shops.").Runs(async (verb, ct) =>
    {
        var shops = new List<Shop>();
        while (await verb.Service<ShopQueries>().PageAsync(verb.Actor, shops.LastOrDefault()?.ShopId.Value, 200, ct) is { Count: > 0 } page)
            shops.AddRange(page);
        var rows = shops.Select(shop => new { shop = shop.ShopId.Value, shop.Name, shop.Zone, shop.Policy, shop.Language, shop.Country, shop.Currency });
        verb.Answer(new { shops = rows }, string.Join('\n', shops.Select(shop => $"{shop.ShopId}\t{shop.Name}\t{shop.Zone}\t{shop.Policy}")));
        return VerbContext.Done;
    });
}
