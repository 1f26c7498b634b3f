using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Callback.Accounts;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Web.Tests.SignIn;

/// <summary>What somebody finds who takes a copy of the database, or who gets past the first wall between shops.</summary>
public sealed class StolenDataTests(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private const string Canary = "13912345678";
    private const string OtherCanary = "13987654321";

    /// <summary>Tables with a shop's code that stand outside the wall, with the reason.</summary>
    private static readonly Dictionary<string, string> Outside = new()
    {
        ["shops"] = "read at sign-in, before a shop is known; no personal data",
        ["memberships"] = "read at sign-in, before a shop is known",
        ["api_keys"] = "read at sign-in; hashes only",
        ["audit"] = "read by administrators over all chains; no personal data",
        ["audit_heads"] = "as audit",
    };

    public async Task InitializeAsync()
    {
        using var client = await shared.App.KeyClientAsync(SharedApp.Shop, [KeyScope.Orders]);
        var orders = new[]
        {
            new { orderNo = "C1", status = "Unpaid", orderedAt = "2026-11-22T03:00:00Z", amount = 10m, phone = "+86" + Canary, buyerId = "canary-buyer" },
            new { orderNo = "C2", status = "Unpaid", orderedAt = "2026-11-22T03:00:00Z", amount = 10m, phone = "+86 139 8765 4321", buyerId = "other-buyer" },
            // Rejected: without an amount it is kept as it was sent, with the number in it.
            new { orderNo = "", status = "Unpaid", orderedAt = "2026-11-22T03:00:00Z", amount = 10m, phone = Canary, buyerId = "rejected-buyer" },
        };
        var answer = await client.PutAsJsonAsync($"/api/v1/shops/{SharedApp.Shop}/orders", new { orders });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task No_imported_number_is_in_a_dump_of_the_database_ASVS_14_2_1()
    {
        var dump = await DumpAsync();
        Assert.Contains("C1", dump, StringComparison.Ordinal);
        foreach (var canary in new[] { Canary, OtherCanary })
        {
            Assert.DoesNotContain(canary, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.ASCII.GetBytes(canary)), dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("+86" + canary))), dump, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_numbers_cipher_opens_for_its_own_order_only_ASVS_11_3_3()
    {
        var vault = shared.App.Services.GetRequiredService<PersonalDataVault>();
        var cipher = await CipherAsync("C1");
        Assert.Equal("+86" + Canary, vault.Decrypt(DataPlace.OrderPhone(SharedApp.Shop, "C1"), cipher));
        Assert.ThrowsAny<CryptographicException>(() => vault.Decrypt(DataPlace.OrderPhone(SharedApp.Shop, "C2"), cipher));
        Assert.ThrowsAny<CryptographicException>(() => vault.Decrypt(DataPlace.OrderPhone(new("silk"), "C1"), cipher));
        cipher[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => vault.Decrypt(DataPlace.OrderPhone(SharedApp.Shop, "C1"), cipher));
    }

    [Fact]
    public async Task Every_table_of_a_shop_stands_behind_the_second_wall_ASVS_8_4_1()
    {
        await using var session = await shared.Database.Db.BeginAsync(ShopScope.All, default);
        var open = await session.QueryAsync<string>(
            """
            select c.relname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and not (c.relrowsecurity and c.relforcerowsecurity)
            order by c.relname
            """,
            null,
            default);
        Assert.Equal(Outside.Keys.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("silk", 0)]
    [InlineData("tea", 2)]
    public async Task Without_the_first_wall_the_database_still_shows_a_shop_its_own_rows_only_ASVS_8_4_1(string shop, int orders)
    {
        await using var session = await shared.Database.Db.BeginAsync(new ShopId(shop), default);
        Assert.Equal(orders, await session.QuerySingleAsync<int>("select count(*)::int from orders", null, default));
        Assert.Equal(orders, await session.ExecuteAsync("update orders set seller_note = seller_note where shop_id = 'tea'", null, default));
    }

    [Fact]
    public async Task Nor_does_it_take_rows_for_another_shop_or_show_any_where_no_shop_was_named_ASVS_8_4_1()
    {
        await using (var session = await shared.Database.Db.BeginAsync(new ShopId("silk"), default))
            await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("insert into candidates (shop_id, purpose, order_no, due_at) values ('tea', 'PaymentReminder', 'C1', now())", null, default));
        await using var connection = await shared.Database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select count(*) from orders", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    private async Task<byte[]> CipherAsync(string orderNo)
    {
        await using var session = await shared.Database.Db.BeginAsync(SharedApp.Shop, default);
        return await session.QuerySingleAsync<byte[]>("select phone_cipher from orders where order_no = @orderNo", new { orderNo }, default);
    }

    private async Task<string> DumpAsync()
    {
        var server = new NpgsqlConnectionStringBuilder(shared.Database.SuperuserConnectionString);
        var start = new ProcessStartInfo("pg_dump")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "--host", server.Host!, "--port", $"{server.Port}", "--username", server.Username!, "--no-password", server.Database! },
        };
        if (server.Password is { } password)
            start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return dump;
    }
}
