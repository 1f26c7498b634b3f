using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Hosting;

/// <summary>The program with its own PostgreSQL, started, killed, doubled and stopped as operators do.</summary>
public sealed class OwnPostgresTests : IDisposable
{
    private readonly TempFolder temp = new();

    private string Data => temp.Under("data");

    private string ServerPid => Path.Combine(Data, "postgres", "postmaster.pid");

    [Fact]
    public async Task A_killed_program_s_database_is_found_again_and_stopped_with_the_next_one()
    {
        using var first = await HostProcess.ServeAsync(Data);
        var server = (await File.ReadAllLinesAsync(ServerPid))[0];
        var keyring = await File.ReadAllTextAsync(Path.Combine(Data, "keyring.json"));
        await first.KillAsync();
        using var second = await HostProcess.ServeAsync(Data);
        Assert.Equal(server, (await File.ReadAllLinesAsync(ServerPid))[0]);
        Assert.Equal(keyring, await File.ReadAllTextAsync(Path.Combine(Data, "keyring.json")));
        using (var client = new HttpClient { BaseAddress = second.Address })
            Assert.Equal("alive", await client.GetStringAsync("healthz"));
        Assert.Equal(0, await second.StopAsync());
        Assert.False(File.Exists(ServerPid));
    }

    [Fact]
    public async Task Beside_a_running_program_a_verb_works_and_a_second_one_refuses()
    {
        using var serving = await HostProcess.ServeAsync(Data);
        var verb = await HostProcess.RunAsync("migrate", "--json", "--data", Data);
        Assert.Equal((0, """{"migrated":true}"""), (verb.Code, verb.Output.Trim()));
        var second = await HostProcess.RunAsync("serve", "--data", Data);
        Assert.Equal(1, second.Code);
        Assert.Contains($"process {serving.Id}", second.Error, StringComparison.Ordinal);
        using (var client = new HttpClient { BaseAddress = serving.Address })
            Assert.Equal("alive", await client.GetStringAsync("healthz"));
        Assert.Equal(0, await serving.StopAsync());
    }

    [Theory]
    [InlineData(2, "surve")]
    [InlineData(2, "migrate", "--no-such-option")]
    [InlineData(1, "migrate", "--set", "database.poolsise=4")]
    [InlineData(1, "migrate", "--config", "/nowhere/at/all")]
    [InlineData(1, "migrate", "--set", "environment=Production", "--set", "database.binaries=/nowhere")]
    public async Task Wrong_use_and_failure_have_their_exit_codes(int code, params string[] arguments)
    {
        var answer = await HostProcess.RunAsync([.. arguments, "--data", Data]);
        Assert.Equal(code, answer.Code);
        Assert.NotEqual("", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_that_ships_is_sound()
    {
        var answer = await HostProcess.RunAsync("check-config");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains(" 0 errors", answer.Output, StringComparison.Ordinal);
    }

    public void Dispose() => temp.Dispose();
}
