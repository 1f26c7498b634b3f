using System.Diagnostics;
using Callback.Database.Embedded;
using Callback.Tests.Support;
using Dapper;
using Npgsql;

namespace Callback.Tests.Database.Embedded;

/// <summary>Real clusters in folders of their own; one after the other, for each costs a second of a core.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TempFolder temp = new();

    private string Data => temp.Under("data");

    [Fact]
    public async Task Cluster_is_private_durable_and_the_program_is_no_superuser()
    {
        await using var cluster = await OpenAsync();
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        var settings = (await connection.QueryAsync<(string Name, string Setting)>("select name, setting from pg_settings")).ToDictionary(row => row.Name, row => row.Setting);
        Assert.Equal("", settings["listen_addresses"]);
        Assert.Equal("on", settings["fsync"]);
        Assert.Equal("on", settings["synchronous_commit"]);
        Assert.Equal("on", settings["data_checksums"]);
        Assert.False(await connection.QuerySingleAsync<bool>("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"));
        Assert.True(await connection.QuerySingleAsync<long>("select system_identifier from pg_control_system()") != 0);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        foreach (var secret in new[] { "postgres.password", "postgres-superuser.password" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, secret)));
        Assert.False(File.Exists(Path.Combine(Data, "initdb.password")));
    }

    [Fact]
    public async Task A_wrong_password_is_not_let_in()
    {
        await using var cluster = await OpenAsync();
        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_killed_server_recovers_with_everything_that_was_committed()
    {
        await using (var cluster = await OpenAsync())
        {
            await DoAsync(cluster, "create table kept (value int); insert into kept values (42)");
            Process.GetProcessById(ServerPid()).Kill();
            await Process.GetProcessById(ServerPid()).WaitForExitAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        }
        await using var again = await OpenAsync();
        await using var connection = new NpgsqlConnection(again.ConnectionString);
        Assert.Equal(42, await connection.QuerySingleAsync<int>("select value from kept"));
    }

    [Fact]
    public async Task The_last_user_stops_the_server_and_none_before()
    {
        var serve = await OpenAsync(serve: true);
        var verb = await OpenAsync();
        var pid = ServerPid();
        await serve.DisposeAsync();
        await DoAsync(verb, "select 1");
        Assert.Equal(pid, ServerPid());
        await verb.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task A_second_program_on_the_data_folder_refuses()
    {
        await using var first = await OpenAsync(serve: true);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => OpenAsync(serve: true));
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Data, refusal.Message, StringComparison.Ordinal);
        await DoAsync(first, "select 1");
    }

    [Fact]
    public async Task Data_of_another_version_is_refused_and_left_alone()
    {
        await using (await OpenAsync())
        {
        }
        var version = Path.Combine(Data, "postgres", "PG_VERSION");
        await File.WriteAllTextAsync(version, "12\n");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => OpenAsync());
        Assert.Contains("made by PostgreSQL 12", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql-12", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("12\n", await File.ReadAllTextAsync(version));
        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Missing_binaries_are_said_in_one_sentence_with_the_command()
    {
        var nowhere = temp.Under("nowhere");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => EmbeddedPostgres.OpenAsync(new(Data, nowhere), serve: false, CancellationToken.None));
        Assert.Contains(nowhere, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "holiday.jpg"), "not ours");
        var mode = File.GetUnixFileMode(Data);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => OpenAsync());
        Assert.Contains("not a data folder", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(Data));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_anew()
    {
        await using (await OpenAsync())
        {
        }
        Directory.Move(Path.Combine(Data, "postgres"), Path.Combine(Data, "postgres.new"));
        File.Delete(Path.Combine(Data, "postgres.new", "global", "pg_control"));
        await using var cluster = await OpenAsync();
        await DoAsync(cluster, "select 1");
        Assert.False(Directory.Exists(Path.Combine(Data, "postgres.new")));
    }

    [Fact]
    public async Task A_data_folder_too_deep_for_a_socket_gets_a_short_one_named_in_a_file()
    {
        var deep = temp.Under(new string('d', 120));
        await using var cluster = await EmbeddedPostgres.OpenAsync(new(deep), serve: false, CancellationToken.None);
        await DoAsync(cluster, "select 1");
        var socket = (await File.ReadAllTextAsync(Path.Combine(deep, "socket-folder"))).Trim();
        Assert.Equal(new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host, socket);
        Assert.True(SocketFolder.Fits(socket));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(socket));
        Directory.Delete(socket, recursive: true);
        await cluster.DisposeAsync();
        await using var again = await EmbeddedPostgres.OpenAsync(new(deep), serve: false, CancellationToken.None);
        await DoAsync(again, "select 1");
        Directory.Delete(new NpgsqlConnectionStringBuilder(again.ConnectionString).Host!, recursive: true);
    }

    [RootFact]
    public async Task A_closed_folder_on_the_way_is_named()
    {
        File.SetUnixFileMode(temp.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => OpenAsync());
        Assert.Contains($"may not enter {temp.Path}.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("chmod o+x", refusal.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_full_disk_is_said_and_nothing_half_written_is_kept()
    {
        var small = temp.Under("small");
        Directory.CreateDirectory(small);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs", small);
        try
        {
            var data = Path.Combine(small, "data");
            var refusal = await Assert.ThrowsAsync<RefusalException>(() => EmbeddedPostgres.OpenAsync(new(data), serve: true, CancellationToken.None));
            Assert.True(refusal.Message.Contains("is full", StringComparison.Ordinal), refusal.Message);
            Assert.Contains(data, refusal.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(data, "postgres")) || Directory.Exists(Path.Combine(data, "postgres.new")));
        }
        finally
        {
            await RunAsync("umount", small);
        }
    }

    public void Dispose() => temp.Dispose();

    private Task<EmbeddedPostgres> OpenAsync(bool serve = false) => EmbeddedPostgres.OpenAsync(new(Data), serve, CancellationToken.None);

    private int ServerPid() => int.Parse(File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task DoAsync(EmbeddedPostgres cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.ExecuteAsync(sql);
    }

    private static async Task RunAsync(params string[] command)
    {
        var answer = await Programs.RunAsync(command, CancellationToken.None);
        Assert.True(answer.Done, answer.Error);
    }
}
