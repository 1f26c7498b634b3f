using System.Text.Json;
using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>Our signatures and tokens against Twilio's own library for Node.</summary>
public sealed class NodeCrossCheckTests
{
    private static readonly string[] Urls =
    [
        "https://calls.shop.example/webhooks/twilio/shop-1/0197f1a2/abc/status",
        "https://calls.shop.example/webhooks?attempt=7&name=%E7%8E%8B&empty=",
        "https://calls.shop.example:8443/a/b",
        "https://calls.shop.example:443/a",
        "http://127.0.0.1:4020/a?x='y'",
        "http://calls.shop.example:80",
        "https://user:secret@calls.shop.example/a",
        "https://Calls.Shop.Example/A%2fb?x=+&y=%20",
        "http://[::1]:9090/a",
        "https://[::1]/a",
    ];

    private static readonly string[] Words = ["", "1", "+8613800138000", "王小明", "a b", "ä&=?", "<Say>", "😀", "completed", "\r\n"];

    private static readonly string[] Names = ["CallSid", "To", "From", "to", "Digits", "SpeechResult", "StatusCallbackEvent", "10", "2", "参数"];

    private sealed record Case(string Token, string Url, Dictionary<string, string[]> Params, string Header);

    private sealed record Verdict(string Expected, bool Valid);

    [NodeFact("twilio")]
    public async Task Twilios_library_and_ours_say_the_same_of_every_webhook()
    {
        var random = new Random(4);
        var cases = Enumerable.Range(0, 300).Select(number => new Case($"token{number % 7}", random.GetItems(Urls, 1)[0], Form(random), "")).ToList();
        var signed = (await AskAsync(cases)).Zip(cases, (verdict, webhook) => webhook with { Header = verdict.Expected }).ToList();
        Assert.All(signed, webhook => Assert.True(Ours(webhook), webhook.Url));

        // The signatures belong to the neighbour's fields, to another token, or to the same address written otherwise.
        var bent = signed.Select((webhook, number) => (number % 5) switch
        {
            0 => webhook with { Params = signed[(number + 1) % signed.Count].Params },
            1 => webhook with { Token = "other" },
            2 => webhook with { Url = webhook.Url + "#x" },
            3 => webhook with { Url = webhook.Url.Replace("shop.example/", "shop.example:443/", StringComparison.Ordinal).Replace(":8443", "", StringComparison.Ordinal) },
            _ => webhook with { Header = webhook.Header.ToLowerInvariant() },
        }).ToList();
        var verdicts = await AskAsync(bent);
        Assert.All(bent.Zip(verdicts), pair => Assert.True(Ours(pair.First) == pair.Second.Valid, $"{pair.First.Url}: {pair.Second.Valid}"));
        Assert.Contains(verdicts, verdict => !verdict.Valid);
    }

    [NodeFact("jsonwebtoken")]
    public async Task A_softphones_token_is_one_that_twilios_library_can_read()
    {
        var now = new DateTimeOffset(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);
        var account = Samples.Account(TwilioAccount.DefaultBaseAddress) with { ApiKey = "SK" + Samples.Hex, ApiSecret = "5ecret" };
        var output = await NodePackages.RunAsync("softphone.js", JsonSerializer.Serialize(new { token = SoftphoneToken.Create(account, "agent_7", now), secret = "5ecret", now = now.ToUnixTimeSeconds() }));
        using var read = JsonDocument.Parse(output);
        Assert.Equal("twilio-fpa;v=1", read.RootElement.GetProperty("header").GetProperty("cty").GetString());
        Assert.Equal("agent_7", read.RootElement.GetProperty("payload").GetProperty("grants").GetProperty("identity").GetString());
    }

    private static Dictionary<string, string[]> Form(Random random) =>
        random.GetItems(Names, random.Next(0, 8)).Distinct().ToDictionary(name => name, _ => random.GetItems(Words, random.Next(1, 4)));

    private static bool Ours(Case webhook) => TwilioSignature.Verify(
        [webhook.Token],
        webhook.Url,
        webhook.Params.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value))),
        webhook.Header);

    private static async Task<IReadOnlyList<Verdict>> AskAsync(IEnumerable<Case> cases) => JsonSerializer.Deserialize<Verdict[]>(
        await NodePackages.RunAsync("signatures.js", JsonSerializer.Serialize(cases, JsonSerializerOptions.Web)),
        JsonSerializerOptions.Web)!;
}
