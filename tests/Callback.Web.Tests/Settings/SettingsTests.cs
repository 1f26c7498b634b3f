using Callback.Tests.Support;
using Callback.Web.Hosting;
using Callback.Web.Settings;

namespace Callback.Web.Tests.Settings;

public sealed class SettingsTests
{
    private const string TwilioSid = "AC0123456789abcdef0123456789abcdef";

    [Fact]
    public void Without_any_setting_the_defaults_hold()
    {
        var settings = SettingsReader.Read([]);
        Assert.Equal("Development", settings.Environment);
        Assert.Equal("http://127.0.0.1:8080", settings.Urls);
        Assert.Null(settings.Database.ConnectionString);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Under("callback.yaml"), "environment: Production\nurls: http://127.0.0.1:1\ndatabase:\n  poolSize: 5\n");
        var environment = new Dictionary<string, string> { ["CALLBACK__DATABASE__POOLSIZE"] = "6", ["CALLBACK_DATA"] = "/srv/callback", ["CALLBACK__URLS"] = "http://127.0.0.1:2" };
        var settings = SettingsReader.Read(
            [
                .. SettingSources.File(folder.Under("callback.yaml")),
                .. SettingSources.Variables(environment.GetValueOrDefault, environment.Keys),
                .. SettingSources.Arguments(["urls=http://127.0.0.1:3"]),
            ]);
        Assert.Equal(("Production", 6, "/srv/callback", "http://127.0.0.1:3"), (settings.Environment, settings.Database.PoolSize, settings.Data, settings.Urls));
    }

    [Theory]
    [InlineData("databse.poolSize", "Did you mean 'database.poolSize'?")]
    [InlineData("database.poolsise", "Did you mean 'database.poolSize'?")]
    [InlineData("jobs.enable", "Did you mean 'jobs.enabled'?")]
    [InlineData("url", "Did you mean 'urls'?")]
    [InlineData("database.somethingElseAltogether", "Known here: database.connectionString, database.binaries, database.poolSize.")]
    public void An_unknown_key_is_refused_with_what_was_probably_meant(string key, string hint)
    {
        var fault = Fault(new SettingEntry(key, "1", "callback.yaml line 7"));
        Assert.Contains($"{key} = '1' (callback.yaml line 7): unknown setting.", fault, StringComparison.Ordinal);
        Assert.Contains(hint, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("database.poolSize", "300", "allowed is 2 to 100.")]
    [InlineData("database.poolSize", "eight", "a whole number is needed.")]
    [InlineData("environment", "Prod", "allowed is Development or Production.")]
    [InlineData("jobs.enabled", "yes", "true or false is needed.")]
    [InlineData("urls", "", "a value is needed.")]
    [InlineData("database", "x", "a section of settings, not a value.")]
    [InlineData("urls.first", "x", "a value, not a section.")]
    public void A_value_that_is_not_allowed_is_refused_with_key_value_and_what_is(string key, string value, string allowed) =>
        Assert.Equal($"{key} = '{value}' (command line): {allowed}", Fault(new SettingEntry(key, value, "command line")));

    [Fact]
    public void All_faults_are_said_at_once()
    {
        var fault = Fault(new SettingEntry("urlz", "1", "a"), new SettingEntry("database.poolSize", "1", "b"));
        Assert.Equal(2, fault.Split(Environment.NewLine).Length);
    }

    [Theory]
    [InlineData("baseAddress", "http://api.twilio.com", "an https:// address is needed, without path; http:// only on this machine.")]
    [InlineData("baseAddress", "https://api.twilio.com/2010-04-01", "an https:// address is needed, without path; http:// only on this machine.")]
    [InlineData("publicAddress", "http://calls.shop.example", "an https:// address without '_' in its host is needed; http:// only on this machine.")]
    [InlineData("publicAddress", "https://calls_shop.example", "an https:// address without '_' in its host is needed; http:// only on this machine.")]
    [InlineData("callsPerSecond", "31", "allowed is 1 to 30.")]
    [InlineData("accountSid", "AC123", "AC and 32 hexadecimal digits are needed.")]
    public void An_account_at_twilio_that_can_not_be_is_refused(string name, string value, string allowed) =>
        Assert.Contains($"telephony.twilio.{name} = '{value}' (a): {allowed}", Fault(new SettingEntry($"telephony.twilio.{name}", value, "a")), StringComparison.Ordinal);

    [Fact]
    public void An_account_at_twilio_needs_its_token_and_our_address()
    {
        var fault = Fault(new SettingEntry("telephony.twilio.accountSid", TwilioSid, "a"), new SettingEntry("telephony.twilio.apiKey", "SK" + TwilioSid[2..], "a"));
        Assert.Contains("telephony.twilio.authToken = '' (default): is needed with accountSid", fault, StringComparison.Ordinal);
        Assert.Contains("telephony.twilio.publicAddress = '' (default): is needed with accountSid", fault, StringComparison.Ordinal);
        Assert.Contains("telephony.twilio.apiSecret = '' (default): apiKey and apiSecret go together.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("telephony.twilio.apiSecret", "apiKey and apiSecret go together.")]
    [InlineData("telephony.twilio.authTokn", "Did you mean 'telephony.twilio.authToken'?")]
    public void A_secret_is_not_repeated_in_a_fault_even_under_a_misspelt_name(string key, string fault)
    {
        var said = Fault(new SettingEntry(key, "5ecret", "a"));
        Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_account_sid_there_is_no_twilio_and_with_it_the_environment_is_enough()
    {
        Assert.Null(SettingsReader.Read([]).Telephony.Twilio.Account());
        var environment = new Dictionary<string, string>
        {
            ["CALLBACK__TELEPHONY__TWILIO__ACCOUNTSID"] = TwilioSid,
            ["CALLBACK__TELEPHONY__TWILIO__AUTHTOKEN"] = "5ecret",
            ["CALLBACK__TELEPHONY__TWILIO__PUBLICADDRESS"] = "https://calls.shop.example/callback/",
            ["CALLBACK__TELEPHONY__TWILIO__BASEADDRESS"] = "http://127.0.0.1:4010",
        };
        var account = SettingsReader.Read(SettingSources.Variables(environment.GetValueOrDefault, environment.Keys)).Telephony.Twilio.Account();
        Assert.Equal((TwilioSid, "5ecret", "https://calls.shop.example/callback/", 1), (account!.AccountSid, account.AuthToken, account.PublicAddress.OriginalString, account.CallsPerSecond));
        Assert.DoesNotContain("5ecret", account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_names_its_line()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Under("callback.yaml"), "urls: http://127.0.0.1:1\ndatabase: [\n");
        var refusal = Assert.Throws<RefusalException>(() => SettingSources.File(folder.Under("callback.yaml")));
        Assert.Contains("callback.yaml line", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_that_ships_is_allowed_also_with_its_comments_taken_away()
    {
        var lines = File.ReadLines(Path.Combine(Places.ConfigFolder(), "callback.yaml")).Where(line => !line.StartsWith("# ", StringComparison.Ordinal) || line.Contains(':', StringComparison.Ordinal));
        using var folder = new TempFolder();
        File.WriteAllLines(folder.Under("callback.yaml"), lines.Skip(1).Select(line => line.StartsWith("# ", StringComparison.Ordinal) ? line[2..] : line));
        var entries = SettingSources.File(folder.Under("callback.yaml"));
        Assert.NotEmpty(entries);
        SettingsReader.Read(entries);
    }

    private static string Fault(params SettingEntry[] entries) => Assert.Throws<RefusalException>(() => SettingsReader.Read(entries)).Message;
}
