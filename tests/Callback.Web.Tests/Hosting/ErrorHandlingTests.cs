using System.Text.Json;
using Callback.Web.Hosting;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Callback.Web.Tests.Hosting;

public sealed class ErrorHandlingTests
{
    public static TheoryData<Exception, int, string> Faults => new()
    {
        { new ShopUnknownException(new("other")), 404, "shop-unknown" },
        { new NotPermittedException(Permission.ExportLog), 403, "not-permitted" },
        { new InvalidInputException(Problem.Of("purpose-unknown", "purpose", ("value", "Chat"), ("allowed", "PaymentReminder"))), 422, "invalid-input" },
        { new BadHttpRequestException("too long", 413), 413, "bad-request" },
        { new PostgresException("full", "ERROR", "ERROR", PostgresErrorCodes.DiskFull), 507, "disk-full" },
        { new NpgsqlException("gone", new IOException("gone")), 503, "database-away" },
        { new NpgsqlException("No suitable host was found."), 503, "database-away" },
        { new PostgresException("cannot execute in a read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction), 503, "database-away" },
        { new Callback.Database.CommitInDoubtException("canceling wait for synchronous replication"), 503, "database-away" },
        { new InvalidOperationException("secret detail"), 500, "fault" },
        { new ObjectDisposedException("secret detail"), 500, "fault" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_program_gets_problem_json(Exception fault, int status, string code)
    {
        var (context, body) = await RunAsync("/api/v1/shops/other/orders", _ => throw fault);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret detail", body, StringComparison.Ordinal);
        Assert.DoesNotContain("other", body, StringComparison.Ordinal);
    }

    /// <summary>Npgsql's word for a connection that the server closed between two commands.</summary>
    [Fact]
    public async Task A_connection_that_broke_within_Npgsql_is_a_database_that_is_away()
    {
        var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        await source.DisposeAsync();

        var (context, body) = await RunAsync("/api/v1/shops/other/orders", async _ => await source.OpenConnectionAsync());

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("database-away", JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("en", "There is no purpose “Chat”. Allowed: PaymentReminder.")]
    [InlineData("zh-CN", "没有“Chat”这个外呼目的，可用：PaymentReminder。")]
    public async Task An_input_s_problems_are_told_in_the_asker_s_language(string language, string sentence)
    {
        var fault = new InvalidInputException(Problem.Of("purpose-unknown", "purpose", ("value", "Chat"), ("allowed", "PaymentReminder")));
        var (_, body) = await RunAsync("/api/v1/follow-ups", _ => throw fault, language);
        var problem = JsonDocument.Parse(body).RootElement.GetProperty("problems")[0];
        Assert.Equal(("purpose-unknown", "purpose", sentence), (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString(), problem.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_person_gets_the_page_of_the_status_in_place_of_the_broken_one()
    {
        List<string> asked = [];
        var (context, body) = await RunAsync("/orders", async context =>
        {
            asked.Add($"{context.Request.Method} {context.Request.Path}");
            if (context.Request.Path == "/orders")
                throw new ShopUnknownException(new("other"));
            await context.Response.WriteAsync("the page");
        });
        Assert.Equal(["POST /orders", "GET /error/404"], asked);
        Assert.Equal((404, "the page"), (context.Response.StatusCode, body));
        Assert.Equal("/orders", context.Request.Path);
    }

    [Fact]
    public async Task A_broken_error_page_ends_in_a_bare_status()
    {
        var (context, body) = await RunAsync("/orders", _ => throw new InvalidOperationException("again"));
        Assert.Equal((500, ""), (context.Response.StatusCode, body));
    }

    [Fact]
    public async Task An_answer_that_has_a_body_stays_as_it_is()
    {
        var (context, body) = await RunAsync("/orders", context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (422, "text/html");
            return context.Response.WriteAsync("the form, with what was wrong");
        });
        Assert.Equal((422, "the form, with what was wrong"), (context.Response.StatusCode, body));
    }

    private static async Task<(HttpContext Context, string Body)> RunAsync(string path, RequestDelegate next, string language = "en")
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var context = new DefaultHttpContext { Request = { Method = "POST", Path = path }, Response = { Body = new MemoryStream() }, RequestServices = services };
        context.Request.Headers.AcceptLanguage = language;
        await new ErrorHandling(next, new TextBook(), NullLogger<ErrorHandling>.Instance).InvokeAsync(context);
        context.Response.Body.Position = 0;
        return (context, await new StreamReader(context.Response.Body).ReadToEndAsync());
    }
}
