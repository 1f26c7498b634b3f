using System.Net.Http.Json;
using System.Text.Json;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Story;

public sealed class OpenApiTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("/api/v1/shops/{shop}/orders", "put")]
    [InlineData("/api/v1/shops/{shop}/orders/{orderNo}", "get")]
    [InlineData("/api/v1/shops/{shop}/follow-ups", "get")]
    [InlineData("/api/v1/shops/{shop}/orders/{orderNo}/reports/{purpose}/withdraw", "post")]
    [InlineData("/api/v1/shops/{shop}/call-scripts/{name}/draft", "put")]
    [InlineData("/api/v1/shops/{shop}/call-scripts/{name}/publish", "post")]
    [InlineData("/api/v1/shops/{shop}/tasks/{taskId}/decide", "post")]
    [InlineData("/api/v1/desk/next", "post")]
    [InlineData("/api/v1/desk/holds/{id}/dial", "post")]
    [InlineData("/api/v1/desk/holds/{id}", "delete")]
    [InlineData("/api/v1/attempts/{id}/state", "post")]
    [InlineData("/api/v1/attempts/{id}/result", "put")]
    public async Task The_api_describes_itself(string path, string method)
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = app.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.True(document.GetProperty("paths").GetProperty(path).TryGetProperty(method, out var operation), $"{method} {path}");
        Assert.NotEqual("", operation.GetProperty("operationId").GetString());
    }
}
