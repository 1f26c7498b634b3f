using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TwilioFake;
using TwilioFake.Control;

var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var defaults = new FakeTwilioOptions();
var script = settings["script"] is { } file ? JsonSerializer.Deserialize<PhoneScript>(await File.ReadAllTextAsync(file), ControlJson.Options) : null;
await using var fake = await FakeTwilio.StartAsync(defaults with
{
    Urls = settings["urls"] ?? defaults.Urls,
    AccountSid = settings["account-sid"] ?? defaults.AccountSid,
    AuthToken = settings["auth-token"] ?? defaults.AuthToken,
    OwnNumbers = settings["own-number"] is { } number ? [number] : defaults.OwnNumbers,
    Log = settings["log"],
    ListLag = settings["list-lag"] is { } lag ? TimeSpan.Parse(lag, CultureInfo.InvariantCulture) : defaults.ListLag,
    Script = script ?? defaults.Script,
});
Console.WriteLine($"Fake Twilio is at {fake.BaseAddress} · account {fake.Options.AccountSid} · Ctrl-C stops it");
var end = settings["end-with"] is { } id ? Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture)).WaitForExitAsync() : new TaskCompletionSource().Task;
await Task.WhenAny(fake.WaitForShutdownAsync(), end);
