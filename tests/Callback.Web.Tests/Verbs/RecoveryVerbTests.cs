using Callback.Database.Recovery;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Callback.Web.Verbs;

namespace Callback.Web.Tests.Verbs;

public sealed class RecoveryVerbTests : IDisposable
{
    private static readonly BackupManifest Made = new(
        1, "1.0.0", 15, "0017_receivers", 7, 1, "0/2000028", "0/2000100", new(2026, 11, 22, 3, 5, 0, TimeSpan.Zero), new(2026, 11, 22, 3, 5, 9, TimeSpan.Zero), "", [], 1673, 34341524, "");

    private readonly TempFolder temp = new();

    [Fact]
    public async Task A_backup_of_a_serving_program_is_restored_elsewhere_and_no_word_that_nothing_was_lost_is_taken()
    {
        using var host = await HostProcess.ServeAsync(temp.Under("data"));
        var added = await HostProcess.RunAsync("shop", "add", "kids", "--data", temp.Under("data"));
        Assert.True(added.Code == 0, added.Error);

        var made = await HostProcess.RunAsync("backup", temp.Under("backup"), "--data", temp.Under("data"), "--keys", temp.Under("keys.json"));
        Assert.True(made.Code == 0, made.Error);
        Assert.Contains("% copied", made.Error, StringComparison.Ordinal);
        Assert.Contains(temp.Under("keys.json"), made.Output, StringComparison.Ordinal);

        var refused = await HostProcess.RunAsync("restore", temp.Under("backup"), "--data", temp.Under("data"), "--replace", "--yes");
        Assert.Equal(1, refused.Code);
        Assert.Contains("already serves", refused.Error, StringComparison.Ordinal);

        var restored = await HostProcess.RunAsync("restore", temp.Under("backup"), "--data", temp.Under("elsewhere"), "--keys", temp.Under("keys.json"));
        Assert.True(restored.Code == 0, restored.Error);
        Assert.Contains("LOST", restored.Output, StringComparison.Ordinal);
        Assert.Contains("callback adopt", restored.Output.Trim().Split('\n')[^1], StringComparison.Ordinal);

        Assert.Equal(0, (await HostProcess.RunAsync("verify", "--data", temp.Under("elsewhere"))).Code);
        var promoted = await HostProcess.RunAsync("adopt", "--nothing-lost", "--data", temp.Under("elsewhere"));
        Assert.Equal(1, promoted.Code);
        Assert.Contains("timeline 2", promoted.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was adopted", promoted.Output, StringComparison.Ordinal);
        Assert.Contains("kids", (await HostProcess.RunAsync("shop", "list", "--data", temp.Under("elsewhere"))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task A_database_of_ones_own_is_left_to_its_own_tools(string verb)
    {
        var told = await HostProcess.RunAsync(verb, temp.Under("backup"), "--data", temp.Under("data"), "--set", "database.connectionString=Host=db");
        Assert.Equal(1, told.Code);
        Assert.Contains("use its tools", told.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(temp.Under("data")));
    }

    [Fact]
    public async Task Replacing_a_database_is_asked_for()
    {
        var told = await HostProcess.RunAsync("restore", temp.Under("backup"), "--data", temp.Under("data"), "--replace");
        Assert.Equal(1, told.Code);
        Assert.Contains("--yes", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_without_a_copy_of_the_keys_says_where_they_are() =>
        Assert.Contains("/srv/data/keyring.json", BackupVerb.Text("/shelf/b", Made, null, "/srv/data"), StringComparison.Ordinal);

    [Fact]
    public void A_restore_counts_what_is_lost_and_says_last_what_to_do_next()
    {
        var lines = RestoreVerb.Text("/srv/data", new(Made, 2, "/srv/data/before", new(3, 2, 1, 40))).Split(Environment.NewLine);
        Assert.Contains(lines, line => line.Contains("LOST: what was written after 2026-11-22 03:05:00Z", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("at most 3 attempts, 2 results, 1 suppressions and 40 orders", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("/srv/data/before", StringComparison.Ordinal));
        Assert.StartsWith("NOBODY IS CALLED YET", lines[^1], StringComparison.Ordinal);
        Assert.Contains("callback adopt --data /srv/data", lines[^1], StringComparison.Ordinal);
    }

    public void Dispose() => temp.Dispose();
}
