using System.Text;
using Callback.Database;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.Tests.Support;

namespace Callback.Tests.Database.Recovery;

public sealed class BackupTests(OwnCluster own) : IClassFixture<OwnCluster>
{
    [Fact]
    public async Task A_backup_says_what_it_is_and_is_closed_to_others()
    {
        var made = own.Made;
        Assert.Equal((1, Migration.All[^1].Name), (made.Timeline, made.Schema));
        Assert.Equal(await own.Database.Db.Source.CreateCommand("select system_identifier from pg_control_system()").ExecuteScalarAsync(), made.SystemIdentifier);
        Assert.True(made.At < made.DoneAt && made.Files > 900 && made.Bytes > 10_000_000);
        Assert.NotEqual(made.StartLsn, made.EndLsn);
        Assert.Equal(made, new BackupFolder(own.Backup).Read(own.Keys) with { KeyIds = made.KeyIds });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own.Backup));
    }

    [Fact]
    public void No_key_and_no_password_is_in_a_backup()
    {
        var secrets = new[] { own.Keys.Index, own.Keys.Encryption[own.Keys.Current] }
            .SelectMany(key => new[] { key, Encoding.ASCII.GetBytes(Convert.ToBase64String(key)) })
            .Concat(new[] { "postgres.password", "postgres-superuser.password" }.Select(name => File.ReadAllBytes(Path.Combine(own.Data, name))))
            .ToList();
        Assert.Equal(6, secrets.Count);
        foreach (var file in Directory.EnumerateFiles(own.Backup, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.DoesNotContain(secrets, secret => bytes.AsSpan().IndexOf(secret) >= 0);
        }
    }

    [Fact]
    public async Task A_backup_never_writes_over_anything()
    {
        var before = Files(own.Backup);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.BackUpAsync(own.Backup));
        Assert.Contains("exists already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(own.Backup));
    }

    [Fact]
    public async Task A_missing_parent_is_said_for_its_disk_may_not_be_mounted()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.BackUpAsync(own.Under("nowhere/backup")));
        Assert.Contains(own.Under("nowhere"), refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(own.Under("nowhere")));
    }

    [Fact]
    public async Task An_interrupted_backup_leaves_nothing()
    {
        var shelf = Directory.CreateDirectory(own.Under("shelf")).FullName;
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => own.BackUpAsync(Path.Combine(shelf, "b"), _ => stop.Cancel(), stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(shelf));
    }

    [RootFact]
    public async Task A_full_disk_is_said_and_leaves_nothing()
    {
        var small = Directory.CreateDirectory(own.Under("small")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small);
        try
        {
            var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.BackUpAsync(Path.Combine(small, "b")));
            Assert.Contains("is full", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(small));
        }
        finally
        {
            await RunAsync("umount", small);
        }
    }

    [Fact]
    public async Task The_last_backup_is_known_and_stands_in_the_audit()
    {
        var record = new RecordBackup(own.Database.Db);
        Assert.Null(await record.LastAsync(Actor.System("test"), default));
        await record.RunAsync(Actor.System("test"), "/shelf/one", own.Made, default);
        await record.RunAsync(Actor.System("test"), "/shelf/two", own.Made, default);
        var last = await record.LastAsync(Actor.System("test"), default);
        Assert.Equal(("/shelf/two", own.Made.Bytes), (last!.Folder, last.Bytes));
    }

    [Fact]
    public async Task The_last_backup_is_for_those_who_see_health() =>
        await Assert.ThrowsAsync<NotPermittedException>(() => new RecordBackup(own.Database.Db).LastAsync(Actor.System("agent") with { Everywhere = [] }, default));

    [Fact]
    public void Keys_are_copied_to_another_place_only_and_never_over_others()
    {
        Assert.Throws<RefusalException>(() => new KeyringCopy(Path.Combine(own.Backup, "keyring.json"), own.Backup));
        var copy = new KeyringCopy(own.Under("keys.json"), own.Backup);
        copy.Write(own.Keys);
        copy.Write(own.Keys);
        Assert.Equal(own.Keys.ToJson(), File.ReadAllText(copy.File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.File));
        Assert.Throws<RefusalException>(() => copy.Write(Keyring.Create()));
        Assert.Equal(own.Keys.ToJson(), File.ReadAllText(copy.File));
    }

    private static List<(string, long, DateTime)> Files(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order()];

    private static async Task RunAsync(params string[] command)
    {
        var answer = await Programs.RunAsync(command, CancellationToken.None);
        Assert.True(answer.Done, answer.Error);
    }
}
